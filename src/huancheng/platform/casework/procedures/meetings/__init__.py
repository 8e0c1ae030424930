"""Committee meetings: agenda, seats, recusal, votes and minutes."""
