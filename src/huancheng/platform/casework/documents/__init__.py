"""Papers printed from a case: forms to be sealed, receipts, notices, sheets for opinions."""
