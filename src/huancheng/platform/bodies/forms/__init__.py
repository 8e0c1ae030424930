"""Forms of bodies and people: each names its fields one by one."""
