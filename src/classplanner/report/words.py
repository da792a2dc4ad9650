"""Small words that the terminal and the page share."""

from __future__ import annotations

import datetime as dt

from classplanner.language import Language

__all__ = ["count", "day_range", "full_range", "sentence"]


def count(what: str, number: int, language: Language) -> str:
    """Write how many there are of something: ``1 session``, ``32 class days``."""
    return language.text(f"report.count.{what}.{'one' if number == 1 else 'other'}", number=number)


def sentence(text: str) -> str:
    """Begin a text with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def day_range(first: dt.date, last: dt.date) -> str:
    """Write dates of one course without their year: ``25/04`` or ``30/04–01/05``."""
    return f"{first:%d/%m}" if first == last else f"{first:%d/%m}–{last:%d/%m}"


def full_range(first: dt.date, last: dt.date, language: Language) -> str:
    """Write the dates from one to another, with their years."""
    return language.text("report.dates", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
