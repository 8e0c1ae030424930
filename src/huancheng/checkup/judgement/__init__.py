"""From figures to targets, grades, problems and actions."""
