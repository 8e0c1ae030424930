"""What every page shares: look, tables, forms, middleware, the clock, jobs. Knows no other app."""
