"""Sheets in the settings: each choice is kept at once and read back from the file; what is of no use is told of."""

from __future__ import annotations

import asyncio

import pytest
from fakes.desk import FakeDesk
from gui.test_sheets import picture_file
from PySide6.QtTest import QTest

from desktop.clock import SystemClock
from desktop.settings.file import read_settings
from desktop.ui.choices import Choices
from desktop.ui.sheets_section import SheetsSection


def written(path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.fixture
def section(qapp, qtbot, tmp_path):
    made = SheetsSection(FakeDesk(), Choices(tmp_path, SystemClock(), written))
    qtbot.addWidget(made)
    made.show()
    return made


def kept(tmp_path):
    return read_settings(tmp_path).printing


def typed(field, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    field.editingFinished.emit()


def test_every_choice_is_kept(section, tmp_path) -> None:
    section.language.setCurrentIndex(section.language.findData("fr"))
    section.lead_bars.setCurrentIndex(1)
    section.label_stock.setCurrentIndex(section.label_stock.findData("letter-30"))
    for switch in (section.has_driver_name, section.has_cover_list, section.has_qr):
        switch.click()
    typed(section.phone, "519 555-0199")
    typed(section.foot, "Safety first")
    typed(section.qr_version, "a3")
    section.qr_delimiter.setCurrentIndex(section.qr_delimiter.findData(" "))
    now = kept(tmp_path)
    assert (now.language.value, now.lead_bars.value, now.label_stock) == ("fr", "ccns", "letter-30")
    assert (now.has_driver_name, now.has_cover_list, now.has_qr) == (False, False, True)
    assert (now.phone, now.foot, now.qr_version, now.qr_delimiter) == ("519 555-0199", "Safety first", "A3", " ")


def test_the_qr_code_is_off_and_its_help_says_what_nobody_knows(section) -> None:
    from desktop import texts

    assert not section.has_qr.isChecked()
    assert not section.qr_version.isEnabled()
    assert "Not public" in texts.text("sheet_settings.has_qr_unknown.why")
    section.has_qr.click()
    assert section.qr_version.isEnabled()


def test_a_version_that_cannot_be_is_told_of(section, tmp_path) -> None:
    section.has_qr.click()
    typed(section.qr_version, "&1")
    assert section.qr_message.isVisible()
    assert kept(tmp_path).qr_version == "001"
    typed(section.qr_version, "003")
    assert kept(tmp_path).qr_version == "003"


def test_a_logo_is_taken_or_told_of(section, tmp_path) -> None:
    good, bad = tmp_path / "logo.png", tmp_path / "logo.txt"
    good.write_bytes(picture_file("black"))
    bad.write_text("no picture", encoding="utf-8")
    asyncio.run(section.take_logo(bad))
    assert "logo.txt is no picture" in section.message.words
    assert kept(tmp_path).logo == ""
    asyncio.run(section.take_logo(good))
    assert kept(tmp_path).logo == str(good)
    assert section.logo.text() == "logo.png"
    section.remove.click()
    assert kept(tmp_path).logo == ""
    assert section.logo.text() == "No picture"
