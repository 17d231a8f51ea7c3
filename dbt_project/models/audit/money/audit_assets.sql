-- R24 资产总额 = 流动资产 + 固定资产; 固定资产 = 在用 + 出租 + 其他.
with whole as (
    {{ jixiao.audit_list_sum('R24', 'asset', 'total', ['current', 'fixed'], when='added.parts = 2') }}
),

fixed as (
    {{ jixiao.audit_list_sum('R24', 'asset', 'fixed', ['fixed_in_use', 'fixed_leased', 'fixed_other']) }}
)

select * from whole
union all
select * from fixed
