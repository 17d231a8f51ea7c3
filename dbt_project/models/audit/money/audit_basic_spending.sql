-- R04 基本支出 = 人员经费 + 公用经费.
{{ jixiao.audit_sum('R04', 'expense', 'basic', ['personnel', 'public']) }}
