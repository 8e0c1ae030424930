"""Units drawn by a planning institute, brought into the same shape as computed ones."""
