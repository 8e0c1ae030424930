"""The platform: pages, cases, people and the map, on Django. Nothing below this room knows Django."""
