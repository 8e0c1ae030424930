"""Time, memory and size of the generated city."""
