"""The only place where the pool, panels and opinions change."""
