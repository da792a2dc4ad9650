"""Run classplanner with ``python -m classplanner``."""

from classplanner.cli import main

main()
