-- R02 收入总计 = 各来源之和, within one table or one list of a sentence.
{{ jixiao.audit_list_sum(
    'R02', 'revenue', 'total',
    ['carry_over', 'general_public_budget', 'government_fund', 'state_capital', 'social_insurance', 'special_account', 'other']
) }}
