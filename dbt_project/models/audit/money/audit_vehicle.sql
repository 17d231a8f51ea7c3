-- R14 公务用车购置及运行维护费 = 购置费 + 运行维护费.
{{ jixiao.audit_sum('R14', 'expense', 'vehicle', ['vehicle_purchase', 'vehicle_operation']) }}
