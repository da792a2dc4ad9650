"""LibreOffice opens the Excel and Word files, and makes the pages of them that an office expects."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from classplanner.export.document import class_document, document_template
from classplanner.language import Language
from classplanner.scenario.workbook import dump_workbook, template
from tests.export.samples import edition, workbook
from tests.report.samples import hanoi, plan

SOFFICE = next((found for name in ("soffice", "libreoffice") if (found := shutil.which(name))), None)
PDFTOTEXT = shutil.which("pdftotext")


def _has_a_font_as_wide_as_times() -> bool:
    """Whether lines break where they do in an office; fontconfig comes with LibreOffice."""
    if SOFFICE is None or not (match := shutil.which("fc-match")):
        return False
    command = [match, "Times New Roman"]
    found = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=20)
    return "Liberation" in found.stdout or "Times" in found.stdout


pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None or PDFTOTEXT is None, reason="no LibreOffice, or no pdftotext, here"),
    pytest.mark.skipif(not _has_a_font_as_wide_as_times(), reason="no Times New Roman, or its like, here"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Convert all kinds of files at once, and return the text of their pages."""
    folder = tmp_path_factory.mktemp("office")
    scenario = hanoi()
    timetable = plan(scenario)
    made = edition(scenario, timetable)
    vietnamese = Language("vi")
    files = {
        "template.xlsx": template(vietnamese),
        "scenario.xlsx": dump_workbook(scenario, vietnamese),
        "timetable.xlsx": workbook(scenario, timetable),
        "class.docx": class_document(made.courses[0], made, document_template(vietnamese)),
    }
    for name, content in files.items():
        folder.joinpath(name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=200,
    )
    return {name: _pages(folder / name.replace(name[name.index(".") :], ".pdf")) for name in files}


def _pages(path: Path) -> list[str]:
    done = subprocess.run(
        [str(PDFTOTEXT), "-layout", path, "-"], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    return [re.sub(r"\s+", " ", page).strip() for page in done.stdout.split("\f") if page.strip()]


def test_the_timetable_has_a_page_of_each_kind(pages: dict[str, list[str]]) -> None:
    shown = pages["timetable.xlsx"]
    for heading in ("TỔNG QUAN", "THEO TUẦN", "SỐ BUỔI, THÙ LAO", "CHI PHÍ", "THỜI KHÓA BIỂU LỚP K2"):
        assert sum(heading in page for page in shown) == 1, heading
    lesson = next(page for page in shown if "THỜI KHÓA BIỂU LỚP K2" in page)
    assert "TT Thứ, ngày Buổi Nội dung/Chuyên đề Giảng viên Địa điểm Ghi chú" in lesson
    assert "Thứ Sáu, 16/03/2018" in lesson
    for page in shown:
        if "TT Thứ, ngày" in page:  # it is as wide as the page, and no day is cut in two
            assert "Địa điểm" in page
        if "Ghi chú" in page:
            assert page.count("Sáng") == page.count("Chiều") > 0
    assert len(shown) <= 36
    assert not [page for page in shown if "###" in page or "Err:" in page or "#REF" in page]


def test_the_document_has_heads_table_and_signatures(pages: dict[str, list[str]]) -> None:
    shown = pages["class.docx"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown[0]
    assert "Độc lập - Tự do - Hạnh phúc" in shown[0]
    assert "Nơi nhận:" in shown[-1]
    assert "[CHỨC VỤ CỦA NGƯỜI KÝ]" in shown[-1]
    for number, page in enumerate(shown[1:], start=2):
        assert page.startswith(f"{number} "), page[:40]
        assert "TT Thứ, ngày Buổi" in page or "Nơi nhận" in page
    assert 3 <= len(shown) <= 6


def test_workbooks_of_scenarios_open(pages: dict[str, list[str]]) -> None:
    assert "Dữ liệu để lập kế hoạch lớp bồi dưỡng" in pages["template.xlsx"][0]
    everything = " ".join(pages["scenario.xlsx"])
    assert "Lãnh đạo Thành ủy Hà Nội" in everything
    assert "#REF" not in everything
