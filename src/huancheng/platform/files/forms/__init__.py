"""Form fields for files."""
