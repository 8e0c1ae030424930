"""The only place where tokens and webhooks change."""
