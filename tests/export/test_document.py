"""Shows that the Word document is as Decree 30/2020 has it, and that an office may use its own template."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from classplanner.errors import InputError
from classplanner.export.document import class_document, document_template, read_document_template
from classplanner.language import Language
from tests.export.samples import edition, renamed
from tests.report.samples import hanoi, plan, two_classes


def _document(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def _made() -> docx.document.Document:
    scenario = hanoi()
    made = edition(scenario, plan(scenario))
    return _document(class_document(made.courses[0], made, document_template(Language("vi"))))


def test_page_and_letters_are_those_of_the_decree() -> None:
    document = _made()
    section = document.sections[0]
    sizes = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    width, height, top, bottom, left, right = (round(getattr(section, size).mm) for size in sizes)
    assert (width, height) == (210, 297)
    assert 20 <= top <= 25
    assert 20 <= bottom <= 25
    assert 30 <= left <= 35
    assert 15 <= right <= 20
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size == Pt(13)
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml
    assert section.first_page_header.paragraphs[0].text == ""


def test_heads_title_and_signatures_are_there() -> None:
    document = _made()
    heads, _, signatures = document.tables
    left, right = (cell.text for cell in heads.rows[0].cells)
    assert left.splitlines()[:2] == ["[CƠ QUAN CHỦ QUẢN]", "[CƠ QUAN BAN HÀNH]"]
    assert right.splitlines()[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["THỜI KHÓA BIỂU", "Lớp K2 - Bồi dưỡng lãnh đạo, quản lý xã, phường, thị trấn"]
    assert texts[2].startswith("Thời gian: từ 16/03/2018 đến 03/05/2018 (32 ngày học). Số học viên: 90.")
    recipients, signatory = (cell.text for cell in signatures.rows[0].cells)
    assert recipients.startswith("Nơi nhận:\n- Học viên lớp K2;")
    assert signatory.startswith("[CHỨC VỤ CỦA NGƯỜI KÝ]")
    assert "{{" not in document.element.xml


def test_the_table_has_every_session_and_merged_days() -> None:
    document = _made()
    rows = document.tables[1].rows
    assert [cell.text for cell in rows[0].cells][:4] == ["TT", "Thứ, ngày", "Buổi", "Nội dung/Chuyên đề"]
    assert "w:tblHeader" in rows[0]._tr.xml
    sessions = [row for row in rows if row.cells[2].text in ("Sáng", "Chiều")]
    assert len(sessions) == 64
    assert sessions[0].cells[1].text == "Thứ Sáu, 16/03/2018"
    assert sessions[0].cells[1]._tc is sessions[1].cells[1]._tc
    off = [row.cells[1].text for row in rows if row.cells[1]._tc is row.cells[5]._tc]
    assert [text.split(":")[0] for text in off] == ["25/04", "30/04–01/05"]


def test_names_stay_text_and_the_same_plan_gives_the_same_file() -> None:
    scenario = renamed(two_classes())
    made = edition(scenario, plan(scenario))
    template = document_template(Language("vi"))
    first = class_document(made.courses[0], made, template)
    assert first == class_document(made.courses[0], made, document_template(Language("vi")))
    assert "<b>&amp;" in " ".join(cell.text for row in _document(first).tables[1].rows for cell in row.cells)


def test_an_office_uses_its_own_template(tmp_path: Path) -> None:
    own = docx.Document()
    paragraph = own.add_paragraph("Lớp {{cl")
    paragraph.add_run("ass}}: {{ trainees }}")
    own.add_paragraph("{{table}}")
    own.sections[0].footer.paragraphs[0].text = "{{hall}}"
    path = tmp_path / "mau.docx"
    own.save(str(path))
    scenario = two_classes()
    made = edition(scenario, plan(scenario))
    document = _document(class_document(made.courses[0], made, read_document_template(path)))
    assert document.paragraphs[0].text == "Lớp MC-1: 90"
    assert len(document.tables) == 1
    assert document.sections[0].footer.paragraphs[0].text.startswith("Hội trường")


def test_a_template_that_will_not_do_is_told(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{lop}}")
    path = tmp_path / "mau.docx"
    own.save(str(path))
    with pytest.raises(InputError) as caught:
        read_document_template(path)
    told = caught.value.describe(Language("vi")).splitlines()
    assert told[0].startswith(f"{path}: {{{{lop}}}} không thuộc các chữ được điền tự động: {{{{class}}}}, ")
    assert told[1] == f"{path}: Mẫu thiếu đoạn {{{{table}}}} là chỗ đặt bảng thời khóa biểu."
    path.write_bytes(b"not a document")
    with pytest.raises(InputError) as caught:
        read_document_template(path)
    assert caught.value.faults[0].key == "not-docx"
