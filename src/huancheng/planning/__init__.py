"""Planning: who lacks which facility, where new ones go, and the plans that follow (五(二), 五(三), 六(一), 六(三))."""
