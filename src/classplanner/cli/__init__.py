"""The command line: a thin cover over the API, in Vietnamese or English.

Exit codes: 0 done; 1 no plan exists, or a check found breaches; 2 bad input, or a result that cannot be
written; 3 limits reached with neither plan nor proof; 70 a bug in classplanner.
"""

from classplanner.cli.main import main

__all__ = ["main"]
