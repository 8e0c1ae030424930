"""Settings, URLs and the WSGI door; everything that ties the apps together."""
