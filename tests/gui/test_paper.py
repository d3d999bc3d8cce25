"""Paper, read back by independent readers: pypdfium2 for pages and text, zxing-cpp for bars."""

import copy
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from desktop.domain.lifecycle import Regime, Verdict
from desktop.errors import EnvironmentFailure
from desktop.printing.sheet import Contact, Paper, SheetState
from desktop.printing.summary import SheetClearance, summary_sheet, trip_shipments
from desktop.ui import paper
from desktop.ui.sheets import ink as ink_of
from desktop.ui.sheets.layout import lay_out
from desktop.ui.sheets.lettering import Face, SheetType

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
DPI = 200
CANARY = "CANARY77553311"
SIZES = {Paper.LETTER: (612, 792), Paper.A4: (595, 842)}


def trip_document(regime, shipments=1, number=None, control="{:06}"):
    value = json.loads((GOLDEN / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))
    first = value["shipments"][0]
    name, prefix = ("shipmentControlNumber", "AAAA") if regime is Regime.ACE else ("cargoControlNumber", "1234PARS")
    value["shipments"] = [
        dict(copy.deepcopy(first), **{name: prefix + control.format(place)}) for place in range(shipments)
    ]
    if number:
        value["tripNumber"] = number
    return value


def make(regime, value=None, **more):
    settings = {
        "company_name": "Sample Cartage Ltd.",
        "codes": ["AAAA", "1234"],
        "port_name": "Sample Port",
        "eta_text": "Tue 24 Nov 2026, 13:30 EST",
        "printed_at_text": "Tue 24 Nov 2026 12:14 EST",
        "version": 3,
        "phones": [Contact("Dispatch, day and night", "Sample Cartage", "519 555-0117")],
        "state": SheetState.ON_FILE,
    }
    return summary_sheet(trip_document(regime) if value is None else value, regime, **{**settings, **more})


class Read:
    """A PDF as the readers see it."""

    def __init__(self, data):
        self.data = data
        with pypdfium2.PdfDocument(data) as document:
            self.metadata = document.get_metadata_dict()
            self.sizes = [tuple(round(side) for side in page.get_size()) for page in document]
            self.texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
            self.pictures = [page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze() for page in document]
        self.text = "\n".join(self.texts)

    def bars(self, page=None):
        """Every bar code any reader of any kind finds, with its kind."""
        pictures = self.pictures if page is None else [self.pictures[page]]
        return Counter(
            (code.text, str(code.format)) for picture in pictures for code in zxingcpp.read_barcodes(picture)
        )


def read(sheet, size=Paper.LETTER):
    return Read(paper.pdf(sheet, size))


def expected(sheet):
    kind = "Code 39" if sheet.regime is Regime.ACE else "Code 128"
    return Counter((number, kind) for number in (sheet.trip_number, *(shipment.number for shipment in sheet.shipments)))


def margins_are_white(result):
    inch = DPI
    edge = int(0.48 * inch)
    return all(
        picture[:edge].min() == 255
        and picture[-edge:].min() == 255
        and picture[:, :edge].min() == 255
        and picture[:, -edge:].min() == 255
        for picture in result.pictures
    )


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("size", list(Paper))
@pytest.mark.parametrize("shipments", [0, 1, 2, 17])
def test_every_number_scans_on_both_papers_for_both_customs(qapp, regime, size, shipments):
    sheet = make(regime, trip_document(regime, shipments))
    result = read(sheet, size)
    assert result.bars() == expected(sheet)
    assert set(result.sizes) == {SIZES[size]}
    assert margins_are_white(result)
    for number, _ in expected(sheet):
        assert number in result.text
    for page, text in enumerate(result.texts, start=1):
        assert f"Page {page} of {len(result.texts)}" in text
        assert sheet.trip_number in text


@pytest.mark.parametrize("regime", list(Regime))
def test_two_hundred_shipments_flow_on_with_the_trip_number_repeated(qapp, regime):
    sheet = make(regime, trip_document(regime, 200))
    result = read(sheet)
    assert result.bars() == expected(sheet)
    assert len(result.texts) > 10
    assert all(sheet.trip_number in text for text in result.texts)
    assert "519 555-0117" in result.texts[0]  # whom to phone stays on the first page


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("size", list(Paper))
@pytest.mark.parametrize("state", list(SheetState))
def test_the_longest_numbers_still_scan(qapp, regime, size, state):
    if regime is Regime.ACE:
        value = trip_document(regime, 3, "AAAA" + "W9M8" * 5 + "X", "MW{:010}")
    else:
        value = trip_document(regime, 3, "1-34" + "W9M8" * 5 + "X", "-W8M{:013}")
    sheet = make(regime, value, state=state)
    assert len(sheet.trip_number) == 25
    assert len(sheet.shipments[0].number) == (16 if regime is Regime.ACE else 25)
    result = read(sheet, size)
    assert result.bars() == expected(sheet)
    assert margins_are_white(result)
    for number, _ in expected(sheet):
        assert number in result.text


def test_cbp_is_handed_no_bars_of_control_numbers(qapp):
    sheet = make(Regime.ACE, trip_document(Regime.ACE, 2))
    result = read(sheet)
    assert [number for number, _ in result.bars(0)] == [sheet.trip_number]
    assert "For the driver and the broker" in result.texts[1]
    assert len(result.bars(1)) == 2


def test_shipments_without_a_number_yet_make_no_empty_part(qapp):
    sheet = make(Regime.ACE, {"tripNumber": "AAAA1234", "shipments": [{}, {}]})
    result = read(sheet)
    assert len(result.texts) == 1
    assert result.bars() == Counter([("AAAA1234", "Code 39")])


def test_three_shipments_for_canada_stay_on_one_page(qapp):
    assert len(read(make(Regime.ACI, trip_document(Regime.ACI, 3))).texts) == 1


def test_cbsa_has_the_cargo_control_numbers_in_the_table(qapp):
    sheet = make(Regime.ACI, trip_document(Regime.ACI, 2))
    result = read(sheet)
    assert len(result.texts) == 1
    assert result.bars(0) == expected(sheet)


def test_the_sheet_says_what_the_booth_and_the_driver_need(qapp):
    known = {"1234PARS000000": SheetClearance("PARS set", "12:41 EST 17889003009926")}
    value = trip_document(Regime.ACI, 2)
    sheet = make(
        Regime.ACI,
        value,
        shipments=trip_shipments(value, Regime.ACI, known),
        verdict=Verdict.STOP,
        readiness_text="STOP. Held",
        booth_text="Call dispatch.\nAs known at 12:50 EST.",
    )
    text = read(sheet).text
    for words in (
        "ACI eManifest lead sheet", "To Canada", "Sample Cartage Ltd.", "CBSA carrier code 1234", "John Doe", "ON TRK1NG",
        "23411 · MI OKATE1", "0440 Sample Port", "Tue 24 Nov 2026, 13:30 EST", "STOP. Held", "Call dispatch.",
        "As known at 12:50 EST.", "PARS", "900 pce", "35,005 lb", "Plywood", "PARS set", "17889003009926", "Not known",
        "519 555-0117", "Printed Tue 24 Nov 2026 12:14 EST · version 3", "Page 1 of 1",
    ):  # fmt: skip
        assert words in text, words
    assert "Hazmat Wholesale" in text
    assert "DRAFT" not in text
    assert "PRACTICE" not in text


def test_cbps_words_are_large_enough(qapp):
    """Trip number, driver and plate stand in 22 points or more (domain 7.1)."""
    sheet = make(Regime.ACE, trip_document(Regime.ACE, 1, "AAAA" + "W" * 21))
    value = trip_document(Regime.ACE)
    value["drivers"][0].update(
        firstName="Jean-François Émile", lastName="Wojciechowski-Desrosiers de la Longue-Rivière"
    )
    for made in (sheet, make(Regime.ACE, value)):
        large = " ".join(
            ink.text
            for ink in lay_out(made, Paper.A4, 1200)[0]
            if isinstance(ink, ink_of.Line) and ink.face.points >= 22 and ink.face.is_bold
        )
        for words in ("ACE Electronic Manifest", "Trip number:", made.trip_number, made.driver, made.plate):
            assert words in large


@pytest.mark.parametrize(
    ("settings", "marks"),
    [
        ({"state": SheetState.DRAFT}, ["DRAFT - NOT ON FILE"]),
        ({"is_practice": True}, ["PRACTICE \u2013 NOT FILED"]),
        ({"is_practice": True, "state": SheetState.DRAFT}, ["PRACTICE \u2013 NOT FILED", "DRAFT - NOT ON FILE"]),
    ],
)
def test_what_must_be_read_first_is_on_every_page(qapp, settings, marks):
    sheet = make(Regime.ACE, trip_document(Regime.ACE, 17), **settings)
    result = read(sheet)
    for text in result.texts:
        assert all(mark in text for mark in marks)
    assert result.bars() == expected(sheet)
    plain = read(make(Regime.ACE, trip_document(Regime.ACE, 17)))
    across = [(picture < 128).sum() for picture in result.pictures]
    without = [(picture < 128).sum() for picture in plain.pictures]
    assert all(more > fewer for more, fewer in zip(across, without, strict=False))


@pytest.mark.parametrize("regime", list(Regime))
def test_no_private_data_is_anywhere_in_the_file(qapp, regime):
    value = trip_document(regime)
    person = value["drivers"][0]
    person.update(
        fastCardNumber=CANARY, dateOfBirth=CANARY, driverNumber=CANARY, gender=CANARY, citizenshipCountry=CANARY,
        travelDocuments=[{"number": CANARY, "type": CANARY, "stateProvince": CANARY}],
    )  # fmt: skip
    value["passengers"] = [copy.deepcopy(person)]
    value["companyKey"] = value["sendId"] = CANARY
    result = read(make(regime, value))
    assert CANARY not in result.text
    assert CANARY not in str(result.metadata)
    for form in (CANARY.encode(), CANARY.encode("utf-16-be")):
        assert form not in result.data
    assert result.metadata["Title"] == value["tripNumber"]
    assert set(filter(None, result.metadata.values())) >= {value["tripNumber"], "eManifest Desk"}
    assert not result.metadata.get("Author")
    assert not result.metadata.get("Subject")


def test_accents_are_letters_and_the_font_travels_in_the_file(qapp):
    value = trip_document(Regime.ACE)
    value["drivers"][0].update(firstName="Zoé-Łucja", lastName="Ångström Ñandú")
    value["shipments"][0]["shipper"]["name"] = "Épicerie Forêt & Fils <b>"
    result = read(make(Regime.ACE, value))
    assert "Zoé-Łucja Ångström Ñandú" in result.text
    assert "Forêt & Fils <b>" in result.text  # foreign text is never markup
    assert b"FontFile2" in result.data


def test_everything_is_black_on_white(qapp):
    sheet = make(Regime.ACE, state=SheetState.DRAFT)
    with pypdfium2.PdfDocument(paper.pdf(sheet)) as document:
        picture = document[0].render(scale=1).to_numpy().astype(np.int16)
    assert np.abs(picture[..., 0] - picture[..., 1]).max() == 0
    assert np.abs(picture[..., 1] - picture[..., 2]).max() == 0


@pytest.mark.parametrize("regime", list(Regime))
def test_an_empty_trip_still_makes_a_page(qapp, regime):
    result = read(
        make(regime, {}, company_name="", codes=[], port_name="", eta_text="", phones=[], state=SheetState.DRAFT)
    )
    assert result.bars() == Counter()
    for words in (
        "not given yet",
        "No driver yet",
        "No plate yet",
        "No shipments on this trip",
        "No bar code",
        "DRAFT",
    ):
        assert words in result.text
    assert margins_are_white(result)


def test_more_than_fits_is_said_to_be_more(qapp):
    value = trip_document(Regime.ACI)
    value["trailers"] = [{"number": f"T{place:03}", "sealNumbers": [f"SEAL{place:011}"]} for place in range(60)]
    value["shipments"][0]["shipper"]["name"] = "W" * 600
    value["shipments"][0]["commodities"] = [{"description": "word " * 900}]
    value["shipments"].append({"cargoControlNumber": "ÉÉÉ"})
    sheet = make(Regime.ACI, value, company_name="Transport " * 40)
    result = read(sheet)
    assert "and more, see the trip" in result.text
    assert "No bar code" in result.text
    assert result.bars() == expected(sheet) - Counter([("ÉÉÉ", "Code 128")])
    assert margins_are_white(result)


# --- files and printers -----------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_replaced_in_one_step(qapp, tmp_path):
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"older")
    paper.write_pdf(make(Regime.ACE), target, "a4")
    assert Read(target.read_bytes()).sizes[0] == SIZES[Paper.A4]
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_place_that_cannot_be_written_is_named(qapp, tmp_path, monkeypatch):
    sheet = make(Regime.ACE)
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(EnvironmentFailure) as told:
        paper.write_pdf(sheet, folder)
    assert (told.value.code, told.value.values["name"]) == ("sheet.not_written", "a.pdf")
    with pytest.raises(EnvironmentFailure) as told:
        paper.write_pdf(sheet, tmp_path / "nowhere" / "b.pdf")
    assert told.value.code == "sheet.no_folder"
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(b"kept")
    monkeypatch.setattr(paper.os, "access", lambda *_: False)
    with pytest.raises(EnvironmentFailure) as told:
        paper.write_pdf(sheet, kept)
    assert told.value.code == "sheet.not_written"
    assert kept.read_bytes() == b"kept"


def test_a_full_disk_leaves_the_old_file_and_no_rest(qapp, tmp_path, monkeypatch):
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"older")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paper.os, "fsync", full)
    with pytest.raises(EnvironmentFailure) as told:
        paper.write_pdf(make(Regime.ACE), target)
    assert told.value.values["reason"] == "No space left on device"
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


@pytest.mark.parametrize("resolution", [300, 600])
def test_a_printer_gets_the_same_sheet(qapp, tmp_path, resolution):
    from PySide6.QtPrintSupport import QPrinter

    sheet = make(Regime.ACE, trip_document(Regime.ACE, 2))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(resolution)
    paper.print_to(sheet, printer)
    result = Read((tmp_path / "printed.pdf").read_bytes())
    assert result.bars() == expected(sheet)
    assert margins_are_white(result)


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so as well
def test_a_printer_that_refuses_is_told_of(qapp, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    with pytest.raises(EnvironmentFailure) as told:
        paper.print_to(make(Regime.ACE), printer)
    assert told.value.code == "sheet.not_printed"


def test_a_preview_shows_every_page(qapp):
    sheet = make(Regime.ACE, trip_document(Regime.ACE, 17))
    images = paper.pages(sheet, "letter", 96)
    assert len(images) == len(read(sheet).texts)
    assert (images[0].width(), images[0].height()) == (816, 1056)
    pixels = np.frombuffer(images[0].constBits(), np.uint8)
    assert pixels.min() < 60


def test_paper_needs_no_fonts_of_the_system_and_no_screen(tmp_path):
    """A process whose font configuration is empty, with no window system and no widgets."""
    (tmp_path / "fonts.conf").write_text("<?xml version='1.0'?><fontconfig><cachedir>cache</cachedir></fontconfig>")
    program = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "app = QGuiApplication([])\n"
        "from desktop.domain.lifecycle import Regime\n"
        "from desktop.printing.summary import summary_sheet\n"
        "from desktop.ui import paper\n"
        "value = json.loads(Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        "sheet = summary_sheet(value, Regime.ACI, company_name='Sample', codes=(), port_name='', printed_at_text='', version=1)\n"
        "paper.write_pdf(sheet, Path(sys.argv[2]))\n"
        "assert 'PySide6.QtWidgets' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(GOLDEN / "aci-trip.json"), str(tmp_path / "out.pdf")],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = Read((tmp_path / "out.pdf").read_bytes())
    assert "1234923ASDF" in result.text
    assert ("1234923ASDF", "Code 128") in result.bars()


def test_lines_break_between_words_then_after_hyphens_then_anywhere(qapp):
    kind = SheetType(1200)
    face = Face(10)
    room = round(kind.width("abcdefgh", face))
    assert kind.wrap("abc def ghi", face, room, 9) == ["abc def", "ghi"]
    assert kind.wrap("abcd-efghij", face, room, 9) == ["abcd-", "efghij"]
    assert "".join(kind.wrap("m" * 30, face, room, 99)) == "m" * 30
    cut = kind.wrap("abc def ghi jkl", face, room, 1)
    assert len(cut) == 1
    assert cut[0].endswith("…")
    assert kind.wrap("", face, room, 3) == []
