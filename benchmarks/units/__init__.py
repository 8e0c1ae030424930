"""What drawing, verifying and editing renewal units costs."""
