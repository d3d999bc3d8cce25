"""Every sheet and label, read back by independent readers: pypdfium2 for pages and text, zxing-cpp for bars.

Forty generated trips at each run; `EMANIFEST_SHEET_TRIPS=1000` prints so many.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from fakes.paper import CANARY, LANGUAGES, base, odd_trip, sheets_of, trip
from fakes.share import IS_ALL, share
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QPainter

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.printing.label import LabelSheet, label_bars, stocks
from desktop.printing.qr import QrLayout, qr_words
from desktop.printing.sheet import Look, Paper, SheetKind, SheetState
from desktop.printing.summary import TripSheet
from desktop.services.sheets import SheetOptions, dressed
from desktop.settings.tree import Printing
from desktop.ui import paper
from desktop.ui.sheets.logo import logo_of

TRIPS = int(os.environ.get("EMANIFEST_SHEET_TRIPS", "40"))
FINE, FAX = 200, 100
KINDS = (zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
POINTS = 72
LONG = 200
LONG_TURNS = (
    {"summary"},
    {"ace-cover", "aci-lead-by-hand", "shipment-list"},
    {"labels"},
    {"contingency", "aci-lead", "evidence"},
)
WITHOUT_BARS = {SheetKind.SHIPMENT_LIST, SheetKind.EVIDENCE}
"""Kinds without any bars."""


class Read:
    """A PDF as independent readers see it, page by page; pictures are made one at a time."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document = pypdfium2.PdfDocument(data)
        self.metadata = self.document.get_metadata_dict()
        self.texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in self.document]
        self.text = "\n".join(self.texts)

    def picture(self, page: int, dots: int = FINE):
        return self.document[page].render(scale=dots / POINTS, grayscale=True).to_numpy().squeeze()

    def codes(self, dots: int = FINE, *, is_fax: bool = False) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for page in range(len(self.document)):
            picture = self.picture(page, dots)
            if is_fax:
                picture = np.where(picture < 128, 0, 255).astype(np.uint8)
            found.update((code.text, str(code.format)) for code in zxingcpp.read_barcodes(picture, KINDS))
        return found

    def runs(self, page: int) -> list[tuple[str, float]]:
        """Return (text, points) of each run of text of one size, as the PDF itself states them."""
        text = self.document[page].get_textpage()  # the reader forgets it when nobody holds it
        words = text.raw
        found: list[tuple[str, float]] = []
        for place in range(pdfium.FPDFText_CountChars(words)):
            matrix = pdfium.FS_MATRIX()
            assert pdfium.FPDFText_GetMatrix(words, place, matrix)
            points = round(pdfium.FPDFText_GetFontSize(words, place) * matrix.d, 2)
            letter = chr(pdfium.FPDFText_GetUnicode(words, place))
            if found and found[-1][1] == points:
                found[-1] = (found[-1][0] + letter, points)
            else:
                found.append((letter, points))
        return found


def read(sheet, size=Paper.LETTER) -> Read:
    return Read(paper.pdf(sheet, size))


def expected(sheet) -> Counter[tuple[str, str]]:
    """Return the codes that must be on a sheet, each once for each place it has."""
    kind = "Code 39" if sheet.regime is Regime.ACE else "Code 128"
    if sheet.kind in WITHOUT_BARS:
        return Counter()
    if isinstance(sheet, LabelSheet):
        return Counter((number, kind) for number in sheet.numbers)
    numbers = [sheet.trip_number] if sheet.trip_number else []
    controls = [shipment.number for shipment in sheet.shipments if shipment.number]
    if sheet.kind is SheetKind.SUMMARY:
        numbers += controls
    if sheet.kind is SheetKind.ACI_LEAD and sheet.is_by_hand:
        numbers = controls
    found = Counter((number, kind) for number in numbers)
    if sheet.qr is not None:
        found[sheet.qr.words, "QR Code"] += 1
    return found


def clipped(sheet, result: Read) -> list[str]:
    """Return pages with ink outside where the sheet may print, and labels that leave their place."""
    wrong = []
    for page in range(len(result.document)):
        picture = result.picture(page, 100)
        if isinstance(sheet, LabelSheet):
            allowed = np.zeros(picture.shape, bool)
            stock = sheet.stock
            for row in range(stock.rows):
                for column in range(stock.columns):
                    left, top = stock.start[0] + column * stock.pitch[0], stock.start[1] + row * stock.pitch[1]
                    edges = (left + 3, top + 3, left + stock.label[0] - 3, top + stock.label[1] - 3)
                    x0, y0, x1, y1 = (round(edge * 100 / POINTS) for edge in edges)
                    allowed[y0:y1, x0:x1] = True
        else:
            edge = 48
            allowed = np.zeros(picture.shape, bool)
            allowed[edge:-edge, edge:-edge] = True
        if (picture[~allowed] < 255).any():
            wrong.append(f"page {page + 1} has ink outside")
        if not isinstance(sheet, LabelSheet):  # between body and foot there is a white line: nothing runs into the foot
            foot = picture.shape[0] - round((36 + 34 + (10.6 if sheet.look.foot else 0) - 4) * 100 / POINTS)
            if (picture[foot - 1 : foot + 1] < 255).any() and not sheet.marks:
                wrong.append(f"page {page + 1} is overfull")
    return wrong


STOCKS = list(stocks())
SMALL = {"letter-30": "754", "a4-24": "75"}
"""Labels too small for a usual PAPS number, with the middle of one that they hold."""
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize("seed", range(TRIPS))
def test_generated_trips_scan_and_fit(qapp, seed: int) -> None:
    """Every sheet of each trip: all codes right and no other, nothing clipped or overfull, nothing private."""
    regime, document = odd_trip(seed)
    size = list(Paper)[seed // 3 % 2]
    marks = {"state": SheetState.DRAFT if seed % 5 == 0 else SheetState.ON_FILE, "is_practice": seed % 7 == 0}
    wide = [name for name in STOCKS if stocks()[name].label[0] > 400]  # any number fits
    options = SheetOptions(has_qr=True, stock=wide[seed % len(wide)])
    for name, sheet in sheets_of(
        regime,
        document,
        language=LANGUAGES[seed // 2 % 2],
        options=options,
        look=Look(foot="Sample foot" * (seed % 2)),
        **marks,
    ).items():
        if len(document["shipments"]) == LONG and name not in LONG_TURNS[seed // 10 % len(LONG_TURNS)]:
            continue  # 200 shipments are many pages: the generated trips take turns with the kinds
        result = read(sheet, size)
        where = f"trip {seed}, {name}"
        assert result.codes() == expected(sheet), where
        assert clipped(sheet, result) == [], where
        assert CANARY not in result.text, where
        assert CANARY not in str(result.metadata), where
        for form in (CANARY.encode(), CANARY.encode("utf-16-be")):
            assert form not in result.data, where
        if isinstance(sheet, TripSheet):
            for page, text in enumerate(result.texts, start=1):
                with texts.speaking(sheet.language):
                    assert texts.text("sheet.page", page=page, pages=len(result.texts)) in text, where
                assert sheet.trip_number in "".join(text.split("\n")), where
        for mark in sheet.marks:
            assert all(mark in text for text in result.texts), where


@pytest.mark.parametrize("seed", range(0, TRIPS, 4))
def test_code_39_survives_a_fax(qapp, seed: int) -> None:
    """At 100 dpi in black and white, as a fax machine sends it, CBP's bars still say the trip number."""
    regime, document = odd_trip(seed)
    assert regime is Regime.ACE
    document["shipments"] = document["shipments"][:6]
    for name in ("ace-cover", "summary", "contingency"):
        sheet = sheets_of(regime, document, options=SheetOptions(stock="letter-2"))[name]
        found = read(sheet).codes(FAX, is_fax=True)
        wanted = Counter({code: count for code, count in expected(sheet).items() if code[1] == "Code 39"})
        assert wanted - found == Counter(), f"trip {seed}, {name}"
        assert {code for code in found if code[1] == "Code 39"} == set(wanted)


def room(stock: str) -> int:
    """Return how long a PAPS number a label takes."""
    return {189.0: 8, 181.4: 7, 288.0: 14, 280.9: 13}.get(round(stocks()[stock].label[0], 1), 16)


@pytest.mark.parametrize(
    ("stock", "length"),
    [
        (stock, length)
        for stock in STOCKS
        for length in (range(8, 17) if IS_ALL else sorted({max(8, room(stock)), min(16, room(stock) + 1)}))
    ],
)
def test_a_paps_label_survives_a_fax_or_is_refused(qapp, stock: str, length: int) -> None:
    """A SCAC and 4 to 12 letters or digits: what a label takes is read at 100 dpi in black and white, too."""
    document = trip(Regime.ACE, 5)
    for place, shipment in enumerate(document["shipments"]):
        tail = "".join(LETTERS[(7 * place + 5 * step + 3 * place * step) % len(LETTERS)] for step in range(length - 4))
        shipment["shipmentControlNumber"] = f"AAAA{tail}"
    options = SheetOptions(stock=stock, first=1)
    if length > room(stock):
        with pytest.raises(UsageError) as told:
            sheets_of(Regime.ACE, document, options=options)
        assert told.value.code == "print.label_unfit"
        return
    sheet = sheets_of(Regime.ACE, document, options=options)["labels"]
    assert read(sheet).codes(FAX, is_fax=True) == expected(sheet)


@pytest.mark.parametrize(
    ("stock", "regime", "is_practice"),
    share([(stock, regime, is_practice) for stock in STOCKS for regime in Regime for is_practice in (False, True)], 18),
)
def test_every_label_of_every_stock_scans_alone(qapp, regime: Regime, stock: str, is_practice: bool) -> None:
    document = trip(regime, 5)
    if regime is Regime.ACE and stock in SMALL:
        for place, shipment in enumerate(document["shipments"]):
            shipment["shipmentControlNumber"] = f"AAAA{SMALL[stock]}{place}"
    options = SheetOptions(stock=stock, first=min(2, stocks()[stock].on_page - 1), copies=2)
    with texts.speaking("en"):
        sheet = dressed(
            SheetKind.LABELS, base(regime, document, is_practice=is_practice), document, Printing(), options
        )
    result = read(sheet)
    assert result.codes() == expected(sheet)
    assert clipped(sheet, result) == []
    assert result.text.count("Sample Cartage Ltd.") == (10 if not is_practice or stocks()[stock].label[1] >= 90 else 0)
    assert result.text.count(sheet.word) >= 10
    assert result.text.count("PRACTICE \u2013 NOT FILED") == (10 if is_practice else 0)
    width, height = stocks()[stock].page
    assert result.document[0].get_size() == pytest.approx((width, height), abs=1)


def test_a_label_keeps_its_own_ink_together(qapp) -> None:
    """Bars are at least 12 mm high and leave their quiet zone, and cover neither the carrier nor the number."""
    for regime in Regime:
        for name, stock in stocks().items():
            number = f"AAAA{SMALL.get(name, '75432')}1" if regime is Regime.ACE else "1234PARS384321"
            code = label_bars(number, sheets_of(regime, trip(regime, 1))["summary"].symbology, stock, 203)
            assert code is not None, (regime, name)
            assert min(code.widths) >= 2, (regime, name)
            assert code.quiet >= 10 * min(code.widths)


def test_a_number_too_long_for_a_label_is_refused_not_squeezed(qapp) -> None:
    document = trip(Regime.ACI, 1)
    document["shipments"][0]["cargoControlNumber"] = "1234PARS" + "W8" * 8 + "X"
    with pytest.raises(UsageError) as told:
        dressed(SheetKind.LABELS, base(Regime.ACI, document), document, Printing(), SheetOptions(stock="letter-30"))
    assert told.value.code == "print.label_unfit"
    assert dressed(SheetKind.LABELS, base(Regime.ACI, document), document, Printing(), SheetOptions(stock="letter-10"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [None, *share(range(0, 40, 2), 5)])
def test_cbps_sizes_of_type_hold_in_the_file_itself(qapp, language: str, seed: int | None) -> None:
    """22 points or more: the words, the trip number, driver, plate. 12 or less: the list (domain 7.1)."""
    document = trip(Regime.ACE, 3) if seed is None else odd_trip(seed)[1]
    document["shipments"] = document["shipments"][:5]
    sheet = sheets_of(Regime.ACE, document, language=language)["ace-cover"]
    result = read(sheet)
    runs = [run for page in range(len(result.document)) for run in result.runs(page)]
    large = "".join(said for said, points in result.runs(0) if points >= 21.99)
    for wanted in ("ACE Electronic Manifest", "Trip number:", sheet.trip_number, sheet.driver, sheet.plate):
        assert wanted.replace(" ", "") in large.replace(" ", ""), wanted
    small = "".join(said for said, points in runs if points <= 12.01).replace(" ", "")
    for shipment in sheet.shipments:
        assert shipment.number in small
        if shipment.description:
            assert shipment.description.replace(" ", "")[:20] in small
    titles = {
        title.replace(" ", "")
        for title in ("ACE Electronic Manifest", "Trip number:", sheet.trip_number, sheet.driver, sheet.plate)
    }
    assert {shipment.number for shipment in sheet.shipments if shipment.number in large} <= titles


def test_the_cover_has_no_bars_of_shipments_and_says_what_in_bond_lacks(qapp) -> None:
    document = trip(Regime.ACE, 2)
    document["shipments"][0].update(type="IN_BOND", commodities=[])
    sheet = sheets_of(Regime.ACE, document)["ace-cover"]
    result = read(sheet)
    assert {code for code, kind in result.codes() if kind != "QR Code"} == {sheet.trip_number}
    assert "description is missing" in result.text
    with texts.speaking("en"):
        plain = dressed(
            SheetKind.ACE_COVER, base(Regime.ACE, document), document, Printing(), SheetOptions(has_list=False)
        )
    assert sheet.shipments[0].number not in read(plain).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": "ABCD12345"}, "plate ABCD12345 has more than 7 characters"),
        ({"number": "TRK31E", "stateProvince": "ZZ"}, "no state or province whose country is known"),
        ({"number": "TR\u00c931"}, "no place for the character"),
        ({"number": "TR/31"}, "has the delimiter"),
        ({"number": ""}, "the tractor has no plate"),
    ],
)
def test_what_does_not_fit_into_the_qr_code_is_said_and_never_cut(qapp, change: dict, said: str) -> None:
    document = trip(Regime.ACE, 1)
    document["truck"]["licensePlate"].update(change)
    sheet = sheets_of(Regime.ACE, document)["ace-cover"]
    assert sheet.qr is None
    result = read(sheet)
    assert said in " ".join(result.text.split())
    assert {kind for _, kind in result.codes()} == {"Code 39"}


def test_the_qr_code_has_the_fields_cbp_told_carriers() -> None:
    document = trip(Regime.ACE)
    assert qr_words(document, QrLayout()) == "001/AAAA123457A/20261124/CAON TRK31E/"
    document["truck"]["licensePlate"] = [
        {"number": "A1B2C3D", "stateProvince": "MI"},
        {"number": "1234567", "stateProvince": "QC"},
    ]
    document["tripNumber"] = "AAAA" + "9" * 21
    longest = qr_words(document, QrLayout("003", "*"))
    assert longest == f"003*{document['tripNumber']}*20261124*USMI A1B2C3D*CAQC 1234567"
    assert len(longest) == 64


def test_the_qr_code_is_off_until_it_is_chosen(qapp) -> None:
    document = trip(Regime.ACE, 1)
    with texts.speaking("en"):
        sheet = dressed(SheetKind.ACE_COVER, base(Regime.ACE, document), document, Printing())
    assert sheet.qr is None
    assert sheet.no_qr == ""


def test_names_stay_off_where_the_carrier_wants_it_but_on_what_cbp_asks(qapp) -> None:
    for regime in Regime:
        document = trip(regime, 1)
        for name, sheet in sheets_of(regime, document, has_driver=False).items():
            assert ("Driver One" in read(sheet).text) == (name == "ace-cover"), name


def test_the_stamp_and_the_line_for_the_number(qapp) -> None:
    made = sheets_of(Regime.ACI, trip(Regime.ACI, 2))
    for name in ("aci-lead", "aci-lead-by-hand"):
        assert "Keep the stamped sheet" in read(made[name]).text
    assert "by hand" in read(made["aci-lead-by-hand"]).text


def picture_file(colour: str, size: tuple[int, int] = (600, 200), ground: str = "white") -> bytes:
    """Return a PNG: letters in a colour on a ground."""
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.fillRect(size[0] // 6, size[1] // 6, size[0] // 3, size[1] // 2, QColor(colour))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.mark.parametrize(("colour", "ground"), [("black", "white"), ("#ffd84a", "white"), ("#ff8800", "transparent")])
def test_a_logo_is_black_on_white_whatever_its_colours(qapp, colour: str, ground: str) -> None:
    for regime in Regime:
        for name, sheet in sheets_of(
            regime, trip(regime, 1), look=Look(logo=picture_file(colour, ground=ground))
        ).items():
            if name == "labels":
                continue
            result = read(sheet)
            corner = result.picture(0)[100:217, 100:240]
            assert (corner < 64).mean() > 0.05, name
            assert result.codes() == expected(sheet), name
            assert clipped(sheet, result) == [], name


def test_the_white_around_a_logo_takes_no_room(qapp) -> None:
    made = logo_of(picture_file("#204080"))
    assert made is not None
    assert (made.width(), made.height()) == (200, 100)
    assert made.colorCount() == 2


@pytest.mark.parametrize("logo", [b"no picture", b"\x89PNG\r\n", b""])
def test_what_is_no_picture_is_left_out(qapp, logo: bytes) -> None:
    sheet = sheets_of(Regime.ACE, trip(Regime.ACE, 1), look=Look(logo=logo))["summary"]
    assert clipped(sheet, read(sheet)) == []


def test_a_foot_of_the_carriers_own_is_on_every_page(qapp) -> None:
    sheet = sheets_of(Regime.ACI, trip(Regime.ACI, 17), look=Look(foot="Safety first \u00b7 sample.example"))["summary"]
    result = read(sheet)
    assert all("Safety first \u00b7 sample.example" in text for text in result.texts)
    assert clipped(sheet, result) == []


def test_french_sheets_are_french_and_keep_cbps_words(qapp) -> None:
    ace = read(sheets_of(Regime.ACE, trip(Regime.ACE), language="fr", state=SheetState.DRAFT)["summary"]).text
    for words in (
        "ACE Electronic Manifest",
        "Trip number:",
        "DRAFT - NOT ON FILE",
        "Attendre",
        "Imprimé mar. 24 nov. 2026",
    ):
        assert words in ace, words
    aci = read(sheets_of(Regime.ACI, trip(Regime.ACI), language="fr", is_practice=True)["aci-lead"]).text
    for words in ("Page couverture IPEC", "No de voyage", "Timbre de l\u2019ASFC", "EXERCICE", "Page 1 de 1"):
        assert words in aci, words
    assert texts.text("sheet.product") == "eManifest Desk"
    assert texts.text("sheet.page", page=1, pages=1) == "Page 1 of 1", "the window goes on in its own language"


def test_guide_has_a_picture_of_every_sheet_in_both_languages() -> None:
    folder = Path(__file__).parents[2] / "resources" / "guide" / "sheets"
    for regime in Regime:
        for name in sheets_of(regime, trip(regime, 1)):
            for language in LANGUAGES:
                assert (folder / f"{name}-{regime.lower()}-{language}.png").is_file(), name
