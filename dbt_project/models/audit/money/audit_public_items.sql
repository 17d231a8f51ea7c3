-- R07 公用经费 = 商品和服务支出 + 资本性支出（+ 对企业补助 + 其他支出）, within basic spending.
{{ jixiao.audit_class_sum('R07', 'public', ['goods_services'], ['capital', 'enterprise_subsidy', 'other_expense']) }}
