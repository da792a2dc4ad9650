"""Office files are archives; these are written so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

__all__ = ["repeatable"]

_DATE = (1980, 1, 1, 0, 0, 0)


def repeatable(content: bytes) -> bytes:
    """Write an archive anew, without the times at which its parts were made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            plain = zipfile.ZipInfo(entry.filename, _DATE)
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, old.read(entry))
    return buffer.getvalue()
