"""`python -m scheduling.solver`: see cli.py."""

import sys

from scheduling.solver.cli import main

if __name__ == "__main__":
    main(sys.argv[1:])
