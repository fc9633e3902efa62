"""`python -m casework`: the same as the command `casework`."""

from casework.cli import main

main()
