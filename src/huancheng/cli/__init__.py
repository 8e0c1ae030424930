"""The `huancheng` command."""

from huancheng.cli.root import main

__all__ = ["main"]
