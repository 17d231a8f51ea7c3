-- R46 三级指标与二级指标类别相符, by the unit and the words of the indicator.
with judged as (
    select
        *,
        case
            when is_cost and coalesce(target_unit, '') in ('人', '人次', '名', '次', '户', '个', '家', '篇', '条', '场', '项', '件')
                then '成本指标却以数量（' || target_unit || '）计量'
            when is_cost and regexp_matches(indicator_name, '率$') and not regexp_matches(indicator_name, '成本|节约|控制|超支|预算|资金|经费|费用|标准|变动')
                then '成本指标却是比率'
            when level2_std = 'quality' and coalesce(target_unit, '') in ('人', '人次', '次', '场', '篇', '户') and regexp_matches(indicator_name, '次数|人数|数量|场次')
                and not regexp_matches(indicator_name, '错|事故|隐患|投诉|故障|问题|失误|违规|违纪|违法|事件|返工|退回|不得')
                then '质量指标却以数量（' || target_unit || '）计量'
            when level2_std = 'quantity' and coalesce(target_unit, '') = '%' and regexp_matches(indicator_name, '普及率|合格率|保障率|满意')
                then '数量指标却是比率'
            when level2_std = 'timeliness' and regexp_matches(indicator_name, '次数|参与率|人数')
                then '时效指标却不是时间'
            when level2_std = 'service_satisfaction' and not regexp_matches(indicator_name, '满意|认可|投诉|好评|评价|幸福|信任')
                and regexp_matches(indicator_name, '率$|次数|人数')
                then '满意度指标却不是满意度'
            when level2_std in ('social_benefit', 'economic_benefit', 'ecological_benefit') and regexp_matches(indicator_name, '满意(度|率|程度)?(指标)?$')
                then '效益指标却是满意度'
        end as misfit
    from {{ ref('audit_indicator') }}
)

select
    {{ jixiao.audit_finding(
        rule='R46', at='judged',
        subject='judged.indicator_name',
        message="judged.quoted_name || '列为' || " ~ jixiao.audit_words('judged.level2')
            ~ " || '，' || judged.misfit || '。'"
    ) }}
from judged
where judged.misfit is not null
