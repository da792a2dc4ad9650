"""Vietnamese order: of words as a dictionary has them, of people by their given names.

The alphabet is a ă â b c d đ e ê … o ô ơ … u ư …; words that differ in nothing but their tone are ordered by
it: level, huyền, hỏi, ngã, sắc, nặng. Words are compared one by one: ``bà Xuân`` stands before ``bá An``.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["SortKey", "name_key", "text_key"]

Word = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
SortKey = tuple[tuple[Word, ...], ...]

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: they make another letter
_AFTER_NAME = re.compile(r"\s*(?:[,;(\[]|\s[-–—]\s)")


def _letter(character: str) -> tuple[int, int]:
    """Rank one character: signs, then numbers (by value), then letters, then all other scripts."""
    if character.isdecimal():
        return (1, int(character))
    if character in _RANKS:
        return (2, _RANKS[character])
    return (3 if character.isalpha() else 0, ord(character[0]))


def _word(word: str) -> Word:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = tuple(_TONES[mark] for mark in decomposed if mark in _TONES)
    plain = "".join(
        character
        for character in decomposed
        if character in _SHAPES or not unicodedata.category(character).startswith("M")
    )
    composed = unicodedata.normalize("NFC", plain)
    return tuple(_letter(token) for token in re.findall(r"\d+|\D", composed)), tones


def _words(text: str) -> tuple[Word, ...]:
    return tuple(_word(word) for word in text.split())


def text_key(text: str) -> SortKey:
    """Order texts as a Vietnamese dictionary does, numbers by their value."""
    return (_words(text),)


def name_key(name: str) -> SortKey:
    """Order people by their given name, the last word, then by the words before it.

    What follows a comma, a dash or a bracket is no part of the name: ``Nguyễn Văn Ân (Sở Nội vụ)`` stands
    under *Ân*. Roles, such as ``Lãnh đạo Sở Nội vụ``, have no given name and keep to the order of their
    words; one tells them by their small letters.
    """
    person = _AFTER_NAME.split(name, maxsplit=1)[0].split()
    if not person or not all(word[0].isupper() for word in person):
        return (_words(name),)
    return (_words(person[-1]), _words(" ".join(person[:-1])), _words(name))
