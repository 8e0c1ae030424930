"""The only place where meetings, seats and votes change."""
