-- R03 支出总计 = 基本支出 + 项目支出.
{{ jixiao.audit_sum('R03', 'expense', 'total', ['basic', 'project']) }}
