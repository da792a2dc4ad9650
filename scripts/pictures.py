"""Makes the pictures of README.vi.md from the Hanoi scenario.

    .venv/bin/python scripts/pictures.py

Needs LibreOffice, Chromium, pdftoppm, and the extras of development. Takes about a minute.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from classplanner import load, plan
from classplanner.check import check
from classplanner.export import Edition, Pack, write_pack
from classplanner.language import Language
from classplanner.scenario.dumping import dump_scenario
from classplanner.scenario.workbook import template

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-sync", "--no-first-run", "--hide-scrollbars"),
)
Box = tuple[int, int, int, int]


def main() -> int:
    """Make all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    language = Language("vi")
    scenario = load(ROOT / "scenarios" / "hanoi-2018.toml")
    result = plan(scenario)
    assert result.timetable is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.joinpath("template.xlsx").write_bytes(template(language))
        folder.joinpath("scenario.xlsx").write_bytes(dump_scenario(scenario, ".xlsx", language))
        edition = Edition(scenario, result.timetable, language)
        write_pack(edition, check(scenario, result.timetable), folder, Pack(whole=True))
        shutil.copy(next(folder.glob("word/*.docx")), folder / "class.docx")
        run(
            folder,
            *("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "template.xlsx", "scenario.xlsx", "timetable.xlsx", "class.docx"),
        )
        page(folder, "template", 1, "huong-dan", (60, 60, 1150, 620))
        lecturers = _page_with(folder / "scenario.pdf", "Mã giảng viên")
        page(folder, "scenario", lecturers, "giang-vien", (60, 60, 1200, 560))
        lessons = _page_with(folder / "timetable.pdf", "THỜI KHÓA BIỂU LỚP")
        page(folder, "timetable", lessons, "lop-excel", None)
        page(folder, "class", 1, "lop-word", None)
        browse(folder, "timetable.html", "trang-html", (1400, 1000))
        browse(folder, "decision.html", "quyet-dinh", (900, 800))
    return 0


def run(folder: Path, *command: str | Path) -> None:
    """Run a program quietly."""
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _page_with(path: Path, text: str) -> int:
    """Find the first page of a PDF that holds a text."""
    done = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, encoding="utf-8")
    return next(number for number, page in enumerate(done.stdout.split("\f"), start=1) if text in page)


def page(folder: Path, name: str, number: int, picture: str, box: Box | None) -> None:
    """Take a page of a PDF, or a part of it."""
    options = ("-r", "100", "-f", str(number), "-l", str(number), "-png", "-singlefile")
    run(folder, "pdftoppm", *options, f"{name}.pdf", picture)
    _keep(folder / f"{picture}.png", box)


def browse(folder: Path, page: str, picture: str, size: Sequence[int]) -> None:
    """Take a picture of a page in the browser."""
    file = folder / f"{picture}.png"
    profile = f"--user-data-dir={folder / 'profile'}"
    window = f"--window-size={size[0]},{size[1]}"
    run(folder, *CHROMIUM, profile, window, f"--screenshot={file}", (folder / page).as_uri())
    _keep(file, None)


def _keep(file: Path, box: Box | None) -> None:
    """Store a picture in few colours, so that it is small."""
    with Image.open(file) as image:
        part = image.crop(box) if box else image
        part.convert("RGB").quantize(48).save(PICTURES / file.name, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
