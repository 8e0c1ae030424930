"""The only place where requests, answers and findings change."""
