"""Has click speak the reader's language, too: ``Usage``, ``Options``, ``Missing argument``.

Click takes its own words through gettext. A translation of those that a planner can meet is kept beside the
other Vietnamese texts, in ``language/vi/LC_MESSAGES/classplanner.po``; after a change there, compile it::

    pybabel compile --domain classplanner --directory src/classplanner/language

A word that is not in it is shown in English.
"""

from __future__ import annotations

import contextlib
import gettext
import os
from collections.abc import Iterator
from importlib import resources

from classplanner import language as languages
from classplanner.language import Language

__all__ = ["click_speaks"]

_DOMAIN = "classplanner"


@contextlib.contextmanager
def click_speaks(language: Language) -> Iterator[None]:
    """Have click speak a language; at the end gettext is left as it was.

    Gettext has one current domain a process and looks for the language in the environment, so this is for a
    command line that has the process to itself.
    """
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, str(resources.files(languages)))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language.code
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
