"""The only place where notices, objections and hearings change."""
