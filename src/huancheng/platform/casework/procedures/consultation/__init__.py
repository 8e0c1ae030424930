"""Asking bodies for their opinion: 征求意见, 会签, 函审, and the findings of legality reviews and risk assessments."""
