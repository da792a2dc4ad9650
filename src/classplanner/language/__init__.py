"""The two languages a planner reads: sentences from catalogues, dates and numbers by Babel.

Every text that reaches a planner stands in a catalogue below ``en/`` and in the one of the same name below
``vi/``; a test proves that both hold the same keys with the same placeholders.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from babel.dates import format_date
from babel.numbers import format_decimal

__all__ = ["LANGUAGES", "Language", "LanguageCode", "Phrase", "catalogue"]

LanguageCode = Literal["en", "vi"]
LANGUAGES: tuple[LanguageCode, ...] = get_args(LanguageCode)

_LOCALES = {"en": "en_GB", "vi": "vi_VN"}


@dataclass(frozen=True)
class Phrase:
    """A value that is itself a text of the catalogues.

    Attributes
    ----------
    key
        Which text.
    """

    key: str


@cache
def catalogue(code: LanguageCode) -> Mapping[str, str]:
    """Read the texts of one language: the file ``<code>/rule.toml`` holds the keys ``rule.…``.

    Parameters
    ----------
    code
        ``"en"`` or ``"vi"``.
    """
    texts: dict[str, str] = {}

    def flatten(key: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for name, child in value.items():
                flatten(f"{key}.{name}", child)
        else:
            texts[key] = value

    for file in resources.files(__name__).joinpath(code).iterdir():
        if file.name.endswith(".toml"):
            flatten(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8")))
    return texts


class Language:
    """Speaks one language: looks up sentences, writes dates, numbers and lists its way.

    Parameters
    ----------
    code
        ``"en"`` or ``"vi"``.
    """

    def __init__(self, code: LanguageCode) -> None:
        self.code: LanguageCode = code
        self.locale = _LOCALES[code]
        self._texts = catalogue(code)

    def has(self, key: str) -> bool:
        """Whether the catalogue holds `key`."""
        return key in self._texts

    def text(self, key: str, /, **values: object) -> str:
        """Return the sentence `key` with `values` in its placeholders.

        Dates, whole numbers and sequences are written the way of the language; all else as it is.

        Raises
        ------
        KeyError
            The catalogue lacks `key`, or the sentence has a placeholder without a value.
        """
        return self._texts[key].format(**{name: self.value(value) for name, value in values.items()})

    def value(self, value: object) -> str:
        """Write one value: a phrase, a date, a whole number, a sequence of values, or anything printable."""
        match value:
            case Phrase():
                text = self.text(value.key)
            case dt.date():
                text = self.date(value)
            case bool():
                text = str(value).lower()
            case int():
                text = self.number(value)
            case Sequence() if not isinstance(value, str):
                text = ", ".join(self.value(item) for item in value)
            case _:
                text = str(value)
        return text

    def date(self, day: dt.date) -> str:
        """Write a date with its weekday, ``Mon 09/04/2018`` or ``thứ Hai 09/04/2018``."""
        return f"{self.weekday(day)} {day:%d/%m/%Y}"

    def weekday(self, day: dt.date) -> str:
        """Write the weekday of a date: ``Mon``, ``thứ Hai``, ``Chủ Nhật``."""
        if self.code == "vi":
            return format_date(day, "EEEE", self.locale).replace("Thứ", "thứ")
        return format_date(day, "EEE", self.locale)

    def month(self, day: dt.date) -> str:
        """Write the month of a date: ``April 2018``, ``Tháng 4 2018``."""
        name = format_date(day, "LLLL yyyy", self.locale)
        return name[0].upper() + name[1:]

    def short_month(self, day: dt.date) -> str:
        """Write the month of a date without its year: ``Apr``, ``Tháng 4``."""
        return format_date(day, "LLL", self.locale)

    def number(self, number: float) -> str:
        """Write a number with the thousands grouped: ``1,234,567`` or ``1.234.567``."""
        return format_decimal(number, locale=self.locale)

    def session(self, session: str) -> str:
        """Write a session of the day; a name the catalogue does not know stays as it is."""
        key = f"session.{session}"
        return self._texts.get(key, session)
