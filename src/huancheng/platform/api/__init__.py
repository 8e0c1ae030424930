"""The JSON API: the same reads and acts as the pages, under the same permissions."""
