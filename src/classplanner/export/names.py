"""Names of files after the ids of classes, lecturers and halls, such as any system takes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

__all__ = ["file_names"]

# Names of devices, which Windows gives to no file.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_UNSAFE = re.compile(r"[^\w .()-]+")
_LONGEST = 60


def file_names(ids: Iterable[str]) -> Mapping[str, str]:
    """Name a file for each id, without an ending: the id itself where that is safe.

    Ids that would share a name, capitals aside, are told apart by a mark made of the id.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in sorted(set(ids)):
        composed = unicodedata.normalize("NFC", identifier)
        name = _UNSAFE.sub("-", composed)[:_LONGEST].strip(" .-") or "x"
        if name.casefold() in taken or _DEVICES.fullmatch(name.casefold()):
            name += f"-{hashlib.sha256(identifier.encode()).hexdigest()[:6]}"
        taken.add(name.casefold())
        names[identifier] = name
    return names
