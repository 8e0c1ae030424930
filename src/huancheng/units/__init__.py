"""Renewal units: from blocks and a rule profile to areas drawn with a certificate."""
