"""Public notices: what hangs out, what the public objects, and what they are answered."""
