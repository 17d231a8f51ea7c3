-- R20 公用经费明细 = 公用经费, within one table; a shortfall is information (其中).
{{ jixiao.audit_list_sum(
    'R20', 'expense', 'public', ['office', 'utilities_travel', 'meeting_training'],
    open=true, tolerance='500'
) }}
