"""The check of a sticker: scanner, Enter, what differs in words and frames; nothing applied by itself."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
import shiboken6
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.lifecycle import Regime
from desktop.ui.numbers.sticker import Labelled, StickerDialog
from desktop.ui.place import Place
from desktop.ui.room import cramped
from desktop.ui.signs import Sign

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
ONE, TWO = "1234PARS100017", "1234PARS100018"


def aci_trip(desk: FakeDesk):
    return next(trip for trip in desk.stored if trip.regime is Regime.ACI and trip.document.get("shipments"))


@asynccontextmanager
async def checking(numbers=(ONE, TWO), *, position: int = 0):
    """Open the window on a trip with these numbers, and the check over it by Ctrl+B."""
    desk = FakeDesk()
    trip = aci_trip(desk)
    first = trip.document["shipments"][0]
    trip.document["shipments"] = [{**first, "cargoControlNumber": number} for number in numbers]
    async with opened(desk) as it:
        await it.shell.act.open(trip.id, f"/shipments/{position}/cargoControlNumber")
        await it.settle()
        it.press(Qt.Key.Key_B, CTRL)
        await until(QApplication.activeModalWidget)
        dialog = it.dialog("sticker_dialog")
        await until(dialog.line.edit.hasFocus)
        yield it, dialog
        if shiboken6.isValid(dialog):
            dialog.reject()
        await it.settle()


def scan(it, text: str) -> None:
    it.type(text)
    it.press(ENTER)


def test_the_same_number_is_equal_and_the_focus_stays_for_the_next(run_qt) -> None:
    async def main() -> None:
        async with checking() as (it, dialog):
            assert (dialog.number.text, dialog.read.text, dialog.verdict.words) == (ONE, "", "")
            scan(it, ONE.lower())
            assert dialog.verdict.words == "Equal, character for character. 1 label to go."
            assert dialog.read.text == ONE
            assert not dialog.take.isEnabled()
            assert dialog.line.edit.hasFocus()
            assert dialog.line.edit.selectedText() == ONE
            scan(it, TWO)  # replaces what was read
            assert dialog.line.text() == TWO
            assert dialog.verdict.words.startswith("This is the label of shipment 2, not of shipment 1.")
            assert dialog.checked == {0, 1}
            dialog.list.setCurrentRow(1)
            assert dialog.verdict.words == "Equal, character for character. All 2 labels checked."
            assert dialog.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("label checked")
            assert cramped(dialog) == []

    run_qt(main())


def test_the_letter_that_differs_is_framed_and_named(run_qt) -> None:
    async def main() -> None:
        async with checking() as (it, dialog):
            scan(it, "1234PARS1O0017")
            assert dialog.verdict.words == ("Differs: character 10 is the letter O on the label and the digit 0 here.")
            assert (dialog.number.marks, dialog.read.marks) == ({9}, {9})
            it.type("1")
            assert (dialog.verdict.words, dialog.read.text, dialog.number.marks) == ("", "", frozenset())

    run_qt(main())


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("1234100017", "The number here has the letters PARS, the label has not."),
        (
            "1234 PARS 100017",
            "Only spaces or dashes differ: character 5 is a space on the label and the letter P here.",
        ),
        ("1234PARS10001", "They differ from character 14 on: nothing on the label, the digit 7 here."),
        ("1234PARS1O00I7", "Differs in 2 characters, first in character 10: the letter O on the label"),
    ],
)
def test_what_differs_is_said_in_words(run_qt, label, words) -> None:
    async def main() -> None:
        async with checking((ONE,)) as (it, dialog):
            assert not dialog.list.isVisible()
            scan(it, label)
            assert words in dialog.verdict.words
            assert dialog.take.isEnabled()
            assert cramped(dialog) == []

    run_qt(main())


def test_nothing_is_applied_but_by_the_button_and_undo_takes_it_back(run_qt) -> None:
    async def main() -> None:
        async with checking(position=1) as (it, dialog):
            editor = it.window.editor
            assert dialog.position == 1
            scan(it, "1234PARS555555")
            assert editor.session.value("/shipments/1/cargoControlNumber") == TWO
            dialog.take.setFocus()
            it.press(Qt.Key.Key_Space)
            await until(lambda: editor.session.value("/shipments/1/cargoControlNumber") == "1234PARS555555")
            assert editor.session.value("/shipments/0/cargoControlNumber") == ONE
            editor.undo()
            assert editor.session.value("/shipments/1/cargoControlNumber") == TWO

    run_qt(main())


def test_a_shipment_without_a_number_can_take_the_labels(run_qt) -> None:
    async def main() -> None:
        async with checking(("",)) as (it, dialog):
            scan(it, f"*{ONE}*")
            assert "has no number yet" in dialog.verdict.words
            dialog.take.click()
            await until(lambda: it.window.editor.session.value("/shipments/0/cargoControlNumber") == ONE)

    run_qt(main())


def test_an_empty_line_says_nothing(run_qt) -> None:
    async def main() -> None:
        async with checking() as (it, dialog):
            it.press(ENTER)
            assert (dialog.verdict.words, dialog.take.isEnabled(), dialog.checked) == ("", False, set())

    run_qt(main())


def test_from_the_list_of_trips_the_selected_trip_is_checked(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        trip = aci_trip(desk)
        async with opened(desk) as it:
            assert it.shell.trips.view.select(trip.id)
            it.shell.trips.view.setFocus()
            it.press(Qt.Key.Key_B, CTRL)
            await until(QApplication.activeModalWidget)
            dialog = it.dialog("sticker_dialog")
            assert dialog.number.text == trip.document["shipments"][0]["cargoControlNumber"]
            scan(it, "1234PARS777777")
            dialog.take.click()
            pointer = "/shipments/0/cargoControlNumber"
            await until(lambda: it.window.editor is not None)
            await until(lambda: it.window.editor.session.value(pointer) == "1234PARS777777")

    run_qt(main())


def test_without_a_trip_it_says_what_to_do(run_qt) -> None:
    async def main() -> None:
        async with opened(FakeDesk()) as it:
            it.window.go_to(Place.INBOX)
            await it.settle()
            it.press(Qt.Key.Key_B, CTRL)
            await until(QApplication.activeModalWidget)
            assert "Open a trip" in QApplication.activeModalWidget().informativeText()
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_a_trip_without_shipments_says_so(run_qt) -> None:
    async def main() -> None:
        async with opened(FakeDesk()) as it:
            it.shell.new(Regime.ACE)
            await until(lambda: it.window.editor is not None)
            await it.settle()
            it.press(Qt.Key.Key_B, CTRL)
            await until(QApplication.activeModalWidget)
            assert "no shipment yet" in QApplication.activeModalWidget().text()
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_letters_are_painted_and_markup_stays_what_it_is(qtbot) -> None:
    dialog = StickerDialog("<b>T</b>", [Labelled("A" * 25, "<img src=x>"), Labelled("", "")], 0)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.line.edit.setText("A" * 24 + "B")
    plain = dialog.number.grab().toImage()
    dialog.check()
    assert dialog.number.grab().toImage() != plain
    assert dialog.verdict.words
    assert "<img src=x>" in dialog.list.item(0).text()
    assert Sign.ERROR is not Sign.GO
    assert cramped(dialog) == []


@pytest.mark.parametrize(
    "ending", [(Qt.Key.Key_Tab,), (ENTER, Qt.Key.Key_Enter), (ENTER, ENTER), (Qt.Key.Key_Tab, ENTER)]
)
def test_scanners_that_end_with_tab_or_with_two_keys_are_understood(run_qt, ending) -> None:
    """The label is compared, nothing is taken over, and the next scan finds the line."""

    async def main() -> None:
        async with checking() as (it, dialog):
            it.type("1234pars1o0017")
            for key in ending:
                it.press(key)
            assert dialog.verdict.words == "Differs: character 10 is the letter O on the label and the digit 0 here."
            assert (dialog.isVisible(), dialog.taken) == (True, "")
            assert dialog.line.edit.hasFocus()
            assert dialog.line.edit.selectedText() == "1234PARS1O0017"

    run_qt(main())


def test_tab_goes_on_once_the_label_is_compared_and_from_an_empty_line(run_qt) -> None:
    async def main() -> None:
        async with checking() as (it, dialog):
            it.press(Qt.Key.Key_Tab)
            assert not dialog.line.edit.hasFocus()
            dialog.line.setFocus()
            it.type("1234PARS1O0017")
            it.press(Qt.Key.Key_Tab)
            assert dialog.line.edit.hasFocus()
            it.press(Qt.Key.Key_Tab)
            assert dialog.take.hasFocus()

    run_qt(main())
