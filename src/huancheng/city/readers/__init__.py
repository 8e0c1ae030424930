"""Reading the formats cities keep their data in."""
