"""The reader of a message: each step's button opens the right place, the raw message is exact, all by keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.crossing.step import Does
from desktop.services.views import MessageStep
from desktop.ui.inbox import reader_actions
from desktop.ui.inbox.reader_body import TEXT_WIDTH, ReaderBody
from desktop.ui.inbox.reader_raw import laid_out
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RAW = '{"data":"ACI_RESPONSE",  "n":1.50, "note":"<b>x</b>"}'


def with_steps(desk, *steps, **more):
    """The newest message has these steps, about the first sample trip."""
    card = max(desk.all_cards, key=lambda one: one.id)
    trip = desk.stored[0]
    card = replace(card, trip_id=trip.id, trip=trip.document["tripNumber"])
    desk.all_cards = [card]
    base = desk_message(card)
    desk.inbox.messages[card.id] = replace(base, steps=tuple(steps), raw=RAW, raw_size=len(RAW), **more)
    return trip


def desk_message(card):
    from fakes import desk_sample

    return desk_sample.message(card)


async def shown(it):
    it.window.go_to(Place.INBOX)
    reader = it.shell.inbox.reader
    await until(lambda: reader.message is not None)
    return reader


def words_of(reader):
    return [label.text() for label in reader.findChildren(QLabel)]


def test_every_button_a_step_can_have_does_something():
    assert {one.value for one in Does} - {""} == set(reader_actions._WORK)


def test_the_first_step_is_put_forward_and_a_later_one_never_is(run_qt):
    async def main():
        desk = FakeDesk()
        with_steps(desk, MessageStep("Wait"), MessageStep("Then send", "", Does.SEND, "Send", trip_id="x"))
        async with opened(desk) as it:
            reader = await shown(it)
            (button,) = reader._body().step_buttons
            assert button.objectName() == "step_1"
            assert button.font().weight() < 600
            assert button.accessibleName() == "Send: Then send"

    run_qt(main())


def test_a_step_opens_the_trip_at_the_field(run_qt):
    async def main():
        desk = FakeDesk()
        step = MessageStep("Correct it", "", Does.OPEN_FIELD, "Open field", path="/tripNumber")
        trip = with_steps(desk, step)
        with_steps(desk, replace(step, trip_id=trip.id))
        async with opened(desk) as it:
            await shown(it)
            it.shell.inbox.list.setFocus()
            it.press(Qt.Key.Key_Return)
            assert QApplication.focusWidget().objectName() == "step_0"
            it.press(Qt.Key.Key_Space)
            await until(lambda: it.shell.act.trip_id == trip.id)

    run_qt(main())


@pytest.mark.parametrize(
    ("does", "dialog"),
    [(Does.SEND, "send_plan"), (Does.CHECK_STICKER, "sticker_dialog"), (Does.KEEP_BACK, "")],
)
def test_a_step_asks_before_anything_happens(run_qt, does, dialog):
    async def main():
        desk = FakeDesk()
        trip = with_steps(desk)
        with_steps(desk, MessageStep("Do it", "", does, "Do", trip_id=trip.id))
        async with opened(desk) as it:
            reader = await shown(it)
            reader._body().step_buttons[0].click()
            await until(lambda: QApplication.activeModalWidget() is not None)
            assert dialog in QApplication.activeModalWidget().objectName()
            QApplication.activeModalWidget().reject()
            await it.settle()
            assert not [call for call in desk.calls if call[0] == "send"]

    run_qt(main())


def test_a_number_nobody_knows_is_shown_among_the_shipments(run_qt):
    async def main():
        desk = FakeDesk()
        with_steps(desk, MessageStep("Make a trip", "", Does.CREATE, "Show shipment", number="1234PARS900900"))
        async with opened(desk) as it:
            reader = await shown(it)
            reader._body().step_buttons[0].click()
            await until(lambda: it.window.place is Place.SHIPMENTS)

    run_qt(main())


def test_a_person_says_to_which_of_several_trips_it_belongs_and_takes_it_back(run_qt):
    async def main():
        desk = FakeDesk()
        trip = with_steps(desk)
        with_steps(desk, MessageStep("It belongs to it", "", Does.ASSIGN, "It belongs there", trip_id=trip.id))
        async with opened(desk) as it:
            reader = await shown(it)
            card_id = reader.message.card.id
            reader._body().step_buttons[0].click()
            await until(lambda: ("assign", card_id, trip.id) in desk.calls)
            await until(it.window.toast.isVisible)
            it.window.toast.action.click()
            await until(lambda: ("assign", card_id, None) in desk.calls)

    run_qt(main())


def test_raw_is_laid_out_to_be_read_and_copied_as_it_came(run_qt):
    async def main():
        desk = FakeDesk()
        with_steps(desk)
        async with opened(desk) as it:
            reader = await shown(it)
            it.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
            assert reader.raw.toPlainText() == laid_out(RAW)
            assert '\n  "note": "<b>x</b>"' in reader.raw.toPlainText()
            reader.pane.exact.click()
            assert reader.raw.toPlainText() == RAW
            reader.copy.click()
            assert QApplication.clipboard().text() == RAW

    run_qt(main())


def test_numbers_that_are_no_json_or_too_deep_stay_as_they_came():
    assert laid_out("no json") == "no json"
    assert laid_out("[" * 60_000) == "[" * 60_000
    assert len(laid_out("x" * 1_000_000)) == 65_536


def test_the_card_is_copied_as_text_and_printed_with_the_message_below(run_qt):
    async def main():
        desk = FakeDesk()
        step = MessageStep("Keep the truck back", "Wait for the broker", takes="an answer takes 2 min")
        with_steps(desk, step, now="The truck may not go now.")
        async with opened(desk) as it:
            reader = await shown(it)
            reader.head.copy.click()
            copied = QApplication.clipboard().text()
            assert copied.startswith(reader.message.card.title)
            assert "1. Keep the truck back. Wait for the broker. an answer takes 2 min" in copied
            assert "The truck may not go now." in copied
            printed = reader_actions.document(reader.message).toPlainText()
            assert copied.rstrip() in printed
            assert RAW in printed

    run_qt(main())


def test_each_repeat_is_told_and_text_is_narrow_and_selectable(run_qt):
    async def main():
        desk = FakeDesk()
        at = desk.clock.now()
        with_steps(desk, received=(at, at + timedelta(seconds=7)), happened="word " * 400)
        async with opened(desk, size=(1920, 1000)) as it:
            reader = await shown(it)
            assert any("Here 2 times:" in words for words in words_of(reader))
            body = reader.findChild(ReaderBody)
            for label in body.findChildren(QLabel):
                assert label.width() <= TEXT_WIDTH
                if label.wordWrap():
                    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard

    run_qt(main())
