"""Where things are: CRS, areas, lengths, and the coordinates of Chinese maps."""
