"""The timetable of a class as an official document in Word, laid out as Decree 30/2020/NĐ-CP has it.

The document is a template with a few words in double braces replaced: `{{class}}`, `{{table}}` and the
others of `PLACEHOLDERS`. An office may use a template of its own.

Source of margins, sizes and the order of the parts: Appendix I to Decree 30/2020/NĐ-CP on clerical work.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classplanner.errors import Fault, InputError
from classplanner.export.archive import repeatable
from classplanner.export.document_table import table_xml
from classplanner.export.lines import Edition
from classplanner.language import Language
from classplanner.report.courses import Course
from classplanner.scenario.content import read_bytes
from classplanner.scenario.documents import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["PLACEHOLDERS", "class_document", "document_template", "read_document_template"]

PLACEHOLDERS = ("class", "programme", "opens", "closes", "days", "trainees", "hall", "table")
"""The words that a template may hold in double braces."""

_WORD = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_FONT = "Times New Roman"


def class_document(course: Course, edition: Edition, template: bytes) -> bytes:
    """Write the timetable of a class.

    Parameters
    ----------
    course
        The class.
    edition
        The timetable, and what its files say.
    template
        A Word file with words in double braces, such as `document_template` makes.
    """
    document = _open(template)
    cohort = course.cohort
    facts = {
        "class": cohort.id,
        "programme": edition.names.programme(cohort.programme),
        "opens": f"{course.opens:%d/%m/%Y}",
        "closes": f"{course.closes:%d/%m/%Y}",
        "days": edition.language.number(course.class_days),
        "trainees": edition.language.number(cohort.size),
        "hall": edition.labels.rooms.get(course.room or "", edition.text("no-place")),
    }
    for paragraph in list(_paragraphs(document)):
        if any(match[1] == "table" for match in _WORD.finditer(paragraph.text)):
            _put_table(paragraph, table_xml(course, edition))
        elif _WORD.search(paragraph.text):
            _fill(paragraph, facts)
    document.core_properties.title = f"{edition.text('document.title')} {cohort.id}"
    return _content(document)


def read_document_template(path: Path) -> bytes:
    """Read an office's own template.

    Raises
    ------
    InputError
        It is no Word file, lacks `{{table}}`, or holds words in double braces that are none of ours; or the
        package that reads such files is not installed.
    """
    content = read_bytes(path)
    try:
        document = _open(content)
        words = [match[1] for part in _paragraphs(document) for match in _WORD.finditer(part.text)]
    except InputError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in any way it can
        reason = printable(f"{type(error).__name__}: {error}")
        raise InputError([Fault(str(path), "", "not-docx", {"reason": reason})]) from error
    known = ", ".join(f"{{{{{word}}}}}" for word in PLACEHOLDERS)
    faults = [
        Fault(str(path), "", "unknown-placeholder", {"value": printable(word), "known": known})
        for word in dict.fromkeys(words)
        if word not in PLACEHOLDERS
    ]
    if "table" not in words:
        faults.append(Fault(str(path), "", "no-table-placeholder"))
    if faults:
        raise InputError(faults)
    return content


def _open(content: bytes | None) -> Document:
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError([Fault("", "", "no-office")]) from error
    return docx.Document(io.BytesIO(content) if content is not None else None)


def _content(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return repeatable(buffer.getvalue())


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Go through all paragraphs: of the body, of its tables, of headers and footers."""
    parts: list[Any] = [document]
    for section in document.sections:
        parts += [section.header, section.first_page_header, section.footer, section.first_page_footer]
    while parts:
        part = parts.pop(0)
        yield from part.paragraphs
        parts += [cell for table in part.tables for row in table.rows for cell in row.cells]


def _fill(paragraph: Paragraph, facts: Mapping[str, str]) -> None:
    """Replace the words of a paragraph; its first run holds them all, since Word cuts runs anywhere."""
    text = _WORD.sub(lambda match: facts.get(match[1], match[0]), paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text


def _put_table(paragraph: Paragraph, xml: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - an extra

    paragraph._p.addprevious(parse_xml(xml))
    paragraph.paragraph_format.keep_with_next = True
    for run in paragraph.runs:
        run.text = ""


# --- the template


def document_template(language: Language) -> bytes:
    """Make the template that is used unless the office has its own."""
    from docx.shared import Mm, Pt  # noqa: PLC0415 - an extra

    document = _open(None)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(_east_asian(), _FONT)
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.header.paragraphs[0])
    builder = _Builder(document, language)
    builder.heads()
    builder.body()
    builder.signatures()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return _content(document)


def _east_asian() -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    return qn("w:eastAsia")


def _page_number(paragraph: Paragraph) -> None:
    """Write the number of a page in the middle above the text."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT  # noqa: PLC0415 - an extra
    from docx.oxml import parse_xml  # noqa: PLC0415 - an extra
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


class _Builder:
    """Writes the parts of the template."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document, self.language = document, language

    def heads(self) -> None:
        """Write the agency on the left, country and motto on the right, number and date below."""
        left, right = self._pair(66, 94)
        self._line(left, "parent", 12)
        self._line(left, "agency", 12, bold=True, underlined=0.4)
        self._line(left, "number", 13, before=6)
        self._line(right, "country", 12, bold=True)
        self._line(right, "motto", 13, bold=True, underlined=0.75)
        self._line(right, "date", 13, italic=True, before=6)

    def body(self) -> None:
        """Write title, subject and introduction, and the place of the table."""
        self._line(self.document, "title", 14, bold=True, before=18)
        self._line(self.document, "subtitle", 14, bold=True)
        self._line(self.document, "introduction", 13, before=8, after=8, centred=False)
        self.document.add_paragraph("{{table}}")

    def signatures(self) -> None:
        """Write the recipients on the left, who signs on the right."""
        left, right = self._pair(80, 80, whole=True)
        self._line(left, "recipients", 12, bold=True, italic=True, centred=False)
        for key in ("trainees", "lecturers", "archive"):
            self._line(left, f"recipient-{key}", 11, centred=False)
        self._line(right, "signatory", 13, bold=True)
        self._line(right, "signatory-name", 13, bold=True, before=72)

    def _pair(self, left: int, right: int, *, whole: bool = False) -> tuple[Any, Any]:
        """Make two cells beside one another, so many millimetres wide; `whole` ones stay on one page."""
        from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
        from docx.shared import Mm  # noqa: PLC0415

        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        if whole:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = table.rows[0].cells
        for cell, column, width in zip(cells, table.columns, (left, right), strict=True):
            column.width = cell.width = Mm(width)
        return cells[0], cells[1]

    def _line(
        self,
        parent: Any,
        key: str,
        size: int,
        *,
        bold: bool = False,
        italic: bool = False,
        centred: bool = True,
        before: int = 0,
        after: int = 0,
        underlined: float = 0,
    ) -> None:
        """Write a paragraph; `underlined` draws a line below it, of so much of its width."""
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT  # noqa: PLC0415 - an extra
        from docx.shared import Pt  # noqa: PLC0415

        empty = (
            parent is not self.document and not parent.paragraphs[0].text and not parent.paragraphs[0].runs
        )
        paragraph = parent.paragraphs[0] if empty else parent.add_paragraph()
        run = paragraph.add_run(
            self.language.text(f"office.document.{key}").replace("{", "{{").replace("}", "}}")
        )
        run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), _FONT
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER if centred else WD_PARAGRAPH_ALIGNMENT.JUSTIFY
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(after)
        if underlined:
            _rule(parent, underlined)


def _rule(parent: Any, share: float) -> None:
    """Draw a line in the middle, of a share of the width: the lower border of an empty paragraph."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - an extra
    from docx.oxml.ns import nsdecls  # noqa: PLC0415
    from docx.shared import Emu, Pt  # noqa: PLC0415

    paragraph = parent.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(3)
    indent = Emu(int(parent.width * (1 - share) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    border = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))
