"""`emanifest print` with real processes: every sheet, without a screen, and what cannot be printed is said."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from fakes.process import MESSAGES, Commands, environment

from desktop.cli.arguments import SHEETS

FILES = {"ACE": str(MESSAGES / "ace-trip.json"), "ACI": str(MESSAGES / "aci-trip.json")}
ONLY = {"ace-cover": "ACE", "aci-lead": "ACI"}
PRIVATE = ("1970-01-01", "42705555555555", "23423562", "1980-07-14")


def _number(regime: str) -> str:
    return str(json.loads(Path(FILES[regime]).read_text(encoding="utf-8"))["tripNumber"])


class Read:
    """A PDF as independent readers see it."""

    def __init__(self, path: Path) -> None:
        with pypdfium2.PdfDocument(path) as document:
            self.metadata = " ".join(document.get_metadata_dict().values())
            self.sizes = [tuple(round(side) for side in page.get_size()) for page in document]
            self.text = "\n".join(page.get_textpage().get_text_range() for page in document)
            pictures = [page.render(scale=200 / 72, grayscale=True).to_numpy().squeeze() for page in document]
        codes = [code for picture in pictures for code in zxingcpp.read_barcodes(picture)]
        self.bars = {code.text for code in codes}
        self.kinds = {str(code.format) for code in codes}


@pytest.fixture
def stored(emanifest: Commands) -> Commands:
    """A data folder with a trip of each regime."""
    emanifest("company", "add", "Sample Carrier", "--scac", "AAAA", "--cbsa", "1234")
    for file in FILES.values():
        assert emanifest("import", file).code == 0
    return emanifest


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_of_a_stored_trip_is_written_without_a_screen(stored: Commands, tmp_path: Path, sheet: str) -> None:
    env = environment(stored.home)
    del env["QT_QPA_PLATFORM"]
    for regime in ("ACE", "ACI"):
        out = tmp_path / f"{regime}.pdf"
        done = stored("print", _number(regime), "-o", str(out), "--sheet", sheet, "--format", "json", env=env)
        if ONLY.get(sheet, regime) != regime:
            assert (done.code, done.value["error"]["code"]) == (2, "print.other_regime")
            assert not out.exists()
            continue
        assert (done.code, done.value) == (0, {"file": str(out), "sheet": sheet}), done.err
        read = Read(out)
        assert not any(private in read.text + read.metadata for private in PRIVATE)
        if sheet != "labels":
            assert set(read.sizes) == {(612, 792)}
            assert _number(regime) in read.text
        if sheet in {"summary", "ace-cover", "aci-lead"}:
            assert _number(regime) in read.bars


def test_the_sheet_of_a_file_needs_no_data(emanifest: Commands, tmp_path: Path) -> None:
    out = tmp_path / "cover.pdf"
    more = ("--sheet", "ace-cover", "--paper", "a4", "--language", "fr", "--qr")
    assert emanifest("print", FILES["ACE"], "-o", str(out), *more, data_dir=False).code == 0
    read = Read(out)
    assert set(read.sizes) == {(595, 842)}
    assert "QR Code" in read.kinds
    assert "ACE Electronic Manifest" in read.text, "what the officer reads stays in his language"
    english = tmp_path / "english.pdf"
    assert emanifest("print", FILES["ACE"], "-o", str(english), "--sheet", "ace-cover", data_dir=False).code == 0
    assert "QR Code" not in Read(english).kinds, "only where it is asked for"
    assert Read(english).text != read.text


@pytest.mark.parametrize("sheet", ["contingency", "evidence"])
def test_a_file_has_no_history_to_print(emanifest: Commands, tmp_path: Path, sheet: str) -> None:
    done = emanifest.json("print", FILES["ACE"], "-o", str(tmp_path / "x.pdf"), "--sheet", sheet)
    assert (done.code, done.value["error"]["code"]) == (2, "print.needs_history")


@pytest.mark.parametrize(
    "wrong", [("--sheet", "poster"), ("--language", "de"), ("--sheet", "list", "--qr"), ("--paper", "legal")]
)
def test_wrong_usage_is_said(emanifest: Commands, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    done = emanifest("print", FILES["ACE"], "-o", str(tmp_path / "x.pdf"), *wrong, data_dir=False)
    assert done.code == 2
    assert "usage: emanifest" in done.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_trip_that_is_not_here_is_said(stored: Commands, tmp_path: Path) -> None:
    assert stored.json("print", "AAAA999999Z", "-o", str(tmp_path / "x.pdf")).code == 1
