"""What measures us; the convention is in README.md."""
