"""The pieces that pages are made of; `templatetags/look.py` hands them to every template."""
