"""What happens inside a step: asking others, drawing experts, holding meetings, putting up notices."""
