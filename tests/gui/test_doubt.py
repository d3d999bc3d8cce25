"""A trip nobody is sure of: the evidence, safe choices, and nothing by default."""

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.lifecycle import Delivery
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def doubtful(desk):
    return next(trip for trip in desk.stored if trip.delivery is Delivery.NOT_SURE)


async def asked(it, trip):
    it.shell.act.start(it.shell.act.send(trip.id), "send")
    await until(QApplication.activeModalWidget)
    dialog = it.dialog("doubt_dialog")
    await until(dialog.keep.hasFocus)  # Enter does nothing
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_enter_do_nothing(run_qt, key):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            dialog = await asked(it, doubtful(desk))
            said = " ".join(label.text() for label in dialog.findChildren(QLabel))
            assert "connection lost before an answer" in said
            assert "A trip sent twice may be filed twice" in said
            assert cramped(dialog) == []
            assert dialog.options["nothing"].isChecked()
            assert not dialog.decide.isEnabled()
            it.press(key)
            await it.settle()
            assert QApplication.activeModalWidget() is None
            assert not any(call[0] in {"decide", "send"} for call in desk.calls)

    run_qt(main())


def test_a_choice_is_made_by_keyboard(run_qt):
    async def main():
        desk = FakeDesk()
        trip = doubtful(desk)
        async with opened(desk) as it:
            dialog = await asked(it, trip)
            dialog.options["nothing"].setFocus()
            it.press(Qt.Key.Key_Down)
            await until(dialog.options["it_arrived"].isChecked)
            dialog.decide.setFocus()
            it.press(Qt.Key.Key_Space)
            await until(lambda: ("decide", trip.id, "it_arrived") in desk.calls)
            await until(it.window.toast.isVisible)

    run_qt(main())


def test_a_new_number_opens_the_new_trip(run_qt):
    async def main():
        desk = FakeDesk()
        trip = doubtful(desk)
        async with opened(desk) as it:
            dialog = await asked(it, trip)
            dialog.options["new_number"].setChecked(True)
            dialog.decide.click()
            await until(lambda: it.shell.act.trip_id and it.shell.act.trip_id != trip.id)

    run_qt(main())
