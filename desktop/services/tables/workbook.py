"""Writes a workbook of one sheet: texts and numbers, never a formula.

Row by row into the packed file (ECMA-376, part 1, 18.3): libraries that write XLSX hold every cell in memory and so
stall the window, or lay private data down in the folder for temporary files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_PLAIN, _TEXT, _STRONG = 0, 1, 2
"""Places in `cellXfs`: as the program likes, text (zeros in front stay when it is edited), and the heads."""
_WIDTHS: Final = (9, 40)
_TOGETHER: Final = 64
_LETTERS: Final = 26


def workbook_bytes(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str | float]], *, text: Sequence[bool]
) -> bytes:
    """Return an XLSX file with one sheet.

    Args:
        name: of the sheet.
        heads: of its columns.
        rows: the cells: texts, numbers, and empty text for an empty cell. Texts hold only letters XML can.
        text: whether what is typed later into each column is to stay text.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in _PARTS.items():
            archive.writestr(part, _HEAD + xml)
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        letters = [_letters(column) for column in range(len(heads))]
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((_HEAD + _start(heads, text) + _row(1, heads, letters, [_STRONG] * len(heads))).encode())
            styles = [_TEXT if is_text else _PLAIN for is_text in text]
            waiting: list[str] = []
            for number, row in enumerate(rows, 2):
                waiting.append(_row(number, row, letters, styles))
                if len(waiting) == _TOGETHER:
                    sheet.write("".join(waiting).encode())
                    waiting.clear()
            sheet.write(("".join(waiting) + "</sheetData></worksheet>").encode())
    return target.getvalue()


def _start(heads: Sequence[str], text: Sequence[bool]) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{min(max(len(head) + 2, _WIDTHS[0]), _WIDTHS[1])}"'
        f' style="{_TEXT if is_text else _PLAIN}" customWidth="1"/>'
        for number, (head, is_text) in enumerate(zip(heads, text, strict=True), 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def _row(number: int, cells: Sequence[str | float], letters: Sequence[str], styles: Sequence[int]) -> str:
    found = []
    for column, cell in enumerate(cells):
        place = f'r="{letters[column]}{number}" s="{styles[column]}"'
        if not isinstance(cell, str):
            found.append(f"<c {place}><v>{cell!r}</v></c>")
        elif cell:
            found.append(f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>')
    return f'<row r="{number}">{"".join(found)}</row>'


def escape(text: str) -> str:
    """Return a text as XML writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _letters(column: int) -> str:
    found = ""
    rest = column + 1
    while rest:
        rest, last = divmod(rest - 1, _LETTERS)
        found = chr(ord("A") + last) + found
    return found
