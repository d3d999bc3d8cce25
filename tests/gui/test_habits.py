"""Enter goes on to the next field where the user wants it, at once and in every form; elsewhere it does what it did."""

from __future__ import annotations

import pytest
from fakes.screens import ScreensDesk, editors, visiting
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop.domain.lifecycle import Regime
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEYPAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def name():
    """The field with the focus."""
    here = QApplication.focusWidget()
    while here is not None and not here.objectName():
        here = here.parentWidget()
    return "" if here is None else here.objectName()


def test_enter_moves_on_as_soon_as_it_is_chosen(run_qt):
    async def main():
        async with opened(ScreensDesk()) as it:
            trip = next(screen for screen in editors(Regime.ACE) if screen.name.endswith("-trip"))
            async with visiting(it, trip):
                it.window.editor.go_to("/tripNumber")
                first = name()
                it.press(Qt.Key.Key_Return)
                assert name() == first, "off by default"
                it.press(Qt.Key.Key_Tab)
                second = name()
                assert second != first

            it.window.go_to(Place.SETTINGS)
            await it.settle()
            it.window.findChild(QCheckBox, "enter_moves_on").click()
            assert it.shell.choices.enter_moves_on

            async with visiting(it, trip):
                it.window.editor.go_to("/tripNumber")
                it.press(Qt.Key.Key_Return)
                assert name() == second
                it.press(Qt.Key.Key_Return, SHIFT)
                assert name() == first
                it.press(Qt.Key.Key_Enter, KEYPAD)
                assert name() == second
                asked = []
                it.window.editor.send_requested.connect(asked.append)
                it.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
                assert asked or it.window.editor.panel.stopping, "Ctrl+Enter sends in any case"

            it.window.go_to(Place.TRIPS)
            it.shell.trips.view.setFocus()
            before = it.shell.act.trip_id
            it.press(Qt.Key.Key_Return)  # in a list Enter still opens
            await until(lambda: it.shell.act.trip_id != before)
            await it.settle()

    run_qt(main())
