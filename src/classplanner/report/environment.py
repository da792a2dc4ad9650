"""The templates that pages are made of."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["environment"]


@cache
def environment() -> Environment:
    """Return what fills in templates; it escapes what it is given, and takes no name that is not set."""
    return Environment(
        loader=PackageLoader("classplanner.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
