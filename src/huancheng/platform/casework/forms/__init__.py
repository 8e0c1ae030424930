"""What pages of this app ask of people."""
