"""Files of every kind become the cells people see, and what is no table is refused in time."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from desktop.errors import UsageError
from desktop.services.tables import reading
from desktop.services.tables.reading import cells_in, cells_of_text, guarded, unguarded
from desktop.services.tables.workbook import workbook_bytes

ROWS = (("Zoë", "Montréal, QC"), ("A", "two\nlines"))
TEXT = 'Name,City\r\nZoë,"Montréal, QC"\r\nA,"two\nlines"\r\n'


def workbook(*rows, change=None) -> bytes:
    """A workbook as another program writes it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    cells = cells_in(TEXT.encode(encoding), "x.csv")
    assert (cells.heads, cells.rows) == (("Name", "City"), ROWS)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    text = f'Name{separator}"City; town, place"\nA{separator}"x,y;z"\n'
    cells = cells_of_text(text, "")
    assert cells.heads == ("Name", "City; town, place")
    assert cells.rows == (("A", "x,y;z"),)


def test_a_line_that_names_the_separator() -> None:
    assert cells_of_text("sep=;\nA;B\n1,5;2\n", "").rows == (("1,5", "2"),)


def test_ragged_and_empty_rows_keep_the_numbers_a_spreadsheet_counts() -> None:
    cells = cells_of_text("\nA,B\n1\n,,\n2,3,4\n", "")
    assert cells.heads == ("A", "B", "")
    assert cells.rows == (("1", "", ""), ("2", "3", "4"))
    assert cells.numbers == (3, 5)


@pytest.mark.parametrize("text", ["=1+1", "+1 519", "-5", "@x", "'", "'=x", "''", "'a", "plain", ""])
def test_the_guard_against_formulas_comes_off_again(text: str) -> None:
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert unguarded(guarded(text)) == text


def test_cells_of_a_spreadsheet_are_what_people_see() -> None:
    cells = cells_in(
        workbook(
            ("A", "B", "C", "D", "E", "F", "G", "H"),
            (1234.0, 0.1 + 0.2, "0101", date(2026, 1, 31), datetime(2026, 1, 31, 13, 45), True, " x ", 101),
            (),
            (None, 12345678901234, "=no formula" if False else "", time(4, 5), None, False, "last", -0.5),
        ),
        "x.xlsx",
    )
    assert cells.rows == (
        ("1234", "0.3", "0101", "2026-01-31", "2026-01-31 13:45:00", "yes", "x", "101"),
        ("", "12345678901234", "", "04:05:00", "", "no", "last", "-0.5"),
    )
    assert cells.numbers == (2, 4)
    assert cells.is_typed


def test_a_table_that_does_not_begin_in_the_corner() -> None:
    def move(book) -> None:
        book.active.move_range("A1:B2", rows=2, cols=1)

    cells = cells_in(workbook(("A", "B"), ("1", "2"), change=move), "x.xlsx")
    assert [head for head in cells.heads if head] == ["A", "B"]
    assert cells.numbers == (4,)


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    def more(book) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("empty")
        book.create_sheet("third").append(("A",))
        book["third"].append(("1",))

    assert cells_in(workbook(("H",), ("hidden",), change=more), "x.xlsx").rows == (("1",),)


def far_out(place: str) -> bytes:
    """A workbook of a few bytes with a value far from the corner."""
    data = workbook_bytes("s", ["A"], [["x"]], text=[True])
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            content = source.read(info)
            archive.writestr(info, content.replace(b'r="A2"', f'r="{place}"'.encode()))
    return target.getvalue()


@pytest.mark.parametrize(
    ("place", "code"),
    [("XFD1048576", "too_wide"), ("A1048576", "too_long"), ("ZZZZ9", "damaged_xlsx"), ("A&#50;", "damaged_xlsx")],
)
def test_a_value_far_out_is_refused_before_room_is_made_for_it(place: str, code: str) -> None:
    with pytest.raises(UsageError, match=code):
        cells_in(far_out(place), "x.xlsx")


def test_a_file_of_very_many_bytes_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 20)
    assert cells_in(b"number\n0456\n", "x.csv").rows
    with pytest.raises(UsageError, match="too_large"):
        cells_in(b"number\n" + b"0456\n" * 20, "x.csv")


def test_what_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED", 3 << 20)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (4 << 20))
    assert len(target.getvalue()) < 10_000
    with pytest.raises(UsageError, match="too_large"):
        cells_in(target.getvalue(), "x.xlsx")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"A,B\n", "empty"),
        (b"PK\x03\x04nothing", "damaged_xlsx"),
        (b"\xd0\xcf\x11\xe0old", "old_excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00", "not_a_table"),
        (b",".join([b"A"] * 501) + b"\n1", "too_wide"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, code: str) -> None:
    with pytest.raises(UsageError, match=code):
        cells_in(data, "x")


def test_a_zip_that_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(UsageError, match="not_a_table"):
        cells_in(target.getvalue(), "x.xlsx")


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(cells_of_text("A\n1\n2\n3", "").rows) == 3
    with pytest.raises(UsageError, match="too_long"):
        cells_of_text("A\n1\n2\n3\n4", "")


def test_our_workbook_is_read_by_others_as_text_and_numbers_and_never_as_formulas() -> None:
    data = workbook_bytes("drivers", ["A", "B <&>"], [["=1+1", 12.5], ["", ""], ["a & b\nc", 7]], text=[True, False])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.title == "drivers"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["A", "B <&>"],
        ["=1+1", 12.5],
        [None, None],
        ["a & b\nc", 7],
    ]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].number_format == "@"
    assert sheet["B2"].data_type == "n"


@pytest.mark.parametrize("text", ['A,B\r\n1,2\r\n"open,3\r\n4,5\r\n', 'A,B\n1,2\n3,"cut off', 'A;B\n1;2\n";\n'])
def test_a_quotation_mark_left_open_swallows_no_rows(text: str) -> None:
    """The rows below it would all stand in one cell, and be missing from the table."""
    with pytest.raises(UsageError, match=r"tables\.unclosed") as raised:
        cells_in(text.encode(), "x.csv")
    assert raised.value.values["row"] == 3


@pytest.mark.parametrize(
    "text", ['A,B\n1,"say ""so"""\n', 'A,B\n1,2" pipe', 'A,B\n1,"two\nlines"', '"A","B"\r\n"1",""']
)
def test_quotation_marks_that_are_closed_or_mean_inches_are_as_they_were(text: str) -> None:
    cells = cells_in(text.encode(), "x.csv")
    assert (cells.heads, len(cells.rows)) == (("A", "B"), 1)
