"""Layers and columns derived from others: blocks, estates, population, floors."""
