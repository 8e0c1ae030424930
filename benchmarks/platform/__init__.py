"""How fast the platform answers with a city's worth of cases."""
