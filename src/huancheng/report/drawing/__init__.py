"""Maps and charts as PNG: packaged fonts, one palette, no clock."""
