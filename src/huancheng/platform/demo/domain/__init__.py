"""Making the demonstration."""
