"""Huancheng 焕城: a city's urban renewal, from the first data file to the last bulletin."""

__version__ = "0.1.0"
