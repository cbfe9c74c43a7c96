"""`python -m handouts` is the same command line as `handouts`."""

from handouts.cli import main

main()
