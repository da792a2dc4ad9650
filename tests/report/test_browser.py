"""A browser shows the page: its text, a picture of it, and its printed pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from classplanner.language import LanguageCode
from classplanner.report import render_html
from tests.report.pages import LANGUAGE
from tests.report.samples import MAKERS, plan

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=f"no browser here: none of {', '.join(_NAMES)}"),
]


def browse(page: str, folder: Path, *options: str) -> str:
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    assert CHROMIUM is not None
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}",
        *options,
        file.as_uri(),
    ]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120
    ).stdout


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("hanoi", "vi", ["Đã chứng minh tối ưu", "Tư tưởng, đạo đức, phong cách Hồ Chí Minh", "Nghỉ lễ"]),
        ("two_classes", "en", ["Proven optimal", "Class MC-2", "Public holiday"]),
    ],
)
def test_the_text_is_there(name: str, code: LanguageCode, expected: list[str], tmp_path: Path) -> None:
    scenario = MAKERS[name]()
    shown = browse(render_html(scenario, plan(scenario), LANGUAGE[code]), tmp_path, "--dump-dom")
    for text in (f'<html lang="{code}">', scenario.name, *expected):
        assert text in shown


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_each_class_is_printed_on_a_page_of_its_own(name: str, tmp_path: Path) -> None:
    scenario = MAKERS[name]()
    file = tmp_path / "page.pdf"
    browse(render_html(scenario, plan(scenario), LANGUAGE["vi"]), tmp_path, f"--print-to-pdf={file}")
    document = file.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", document))
    overview, lecturers = 1, 1
    assert pages >= overview + len(scenario.all_cohorts) + lecturers
    assert pages <= 4 + 2 * len(scenario.all_cohorts)
    # A4 across, in points
    (width, height) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)[0]
    assert (round(float(width)), round(float(height))) == (842, 595)


def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    scenario = MAKERS["hanoi"]()
    file = tmp_path / "page.png"
    page = render_html(scenario, plan(scenario), LANGUAGE["vi"])
    browse(page, tmp_path, "--window-size=1400,2000", f"--screenshot={file}")
    picture = file.read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[i : i + 4]) for i in (16, 20)] == [1400, 2000]
    assert len(picture) > 100_000
