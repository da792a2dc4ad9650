"""What all tests of the command line start from: English, an empty folder, temporary files of their own."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests import builders
from tests.cli.running import run, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty folder; the language is that of the options, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLASSPLANNER_LANG", "en")
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return here


@pytest.fixture
def small(folder: Path) -> Path:
    """Return the file of a scenario that is planned in a moment."""
    return write(builders.scenario(), folder / "small.json")


@pytest.fixture
def planned(small: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder that the small scenario's plan was written to."""
    assert run(capsys, "plan", small, "-o", folder / "out").code == 0
    return folder / "out"
