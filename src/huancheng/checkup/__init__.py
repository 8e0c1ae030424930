"""City check-up: indicators to problems to actions."""
