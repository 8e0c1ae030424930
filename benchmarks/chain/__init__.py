"""The growth and the budget of the whole chain."""
