"""Plans training classes: modules, lecturers, halls and half days, with a proof of how good the plan is."""

__version__ = "0.1.0"
