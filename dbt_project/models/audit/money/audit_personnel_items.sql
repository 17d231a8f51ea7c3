-- R06 人员经费 = 工资福利支出 + 对个人和家庭的补助, within basic spending.
{{ jixiao.audit_class_sum('R06', 'personnel', ['wages_benefits', 'individual_family'], []) }}
