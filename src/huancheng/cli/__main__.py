"""`python -m huancheng.cli`."""

from huancheng.cli.root import main

main()
