"""Reads the content of a file, within limits."""

from __future__ import annotations

from pathlib import Path

from classplanner.errors import Fault, InputError, system_reason

__all__ = ["is_workbook", "read_bytes", "read_text"]

_LARGEST_FILE = 256 * 2**20


def is_workbook(path: str | Path) -> bool:
    """Whether a file is called like an Excel file."""
    return Path(path).suffix.lower() in (".xlsx", ".xlsm")


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    InputError
        It cannot be read, or is far too large.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InputError([Fault(str(path), "", "file-too-large", {"megabytes": _LARGEST_FILE // 2**20})])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError([Fault(str(path), "", "unreadable", {"reason": system_reason(error)})]) from error


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises
    ------
    InputError
        It cannot be read, is far too large, or is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError([Fault(str(path), "", "not-utf8", {"line": line})]) from error
