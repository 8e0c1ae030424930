"""What pages and the API ask of this app."""
