"""Expert review: the pool, the draw without conflicts, opinions, and what comes of them."""
