"""Habits of the keyboard that a user may choose: Enter in a field of a form goes to the next one, as Tab does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})


def join(shell: Shell) -> None:
    """Follow the user's choice in every form, from now on and as soon as it changes."""
    EnterMovesOn(lambda: shell.choices.enter_moves_on, shell.window)


class EnterMovesOn(QObject):
    """Watches the one field that has the focus; what Enter does elsewhere (lists, buttons, grids) stays."""

    def __init__(self, is_wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._is_wanted = is_wanted
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and _stands_in_form(now) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make Tab of Enter, and Shift+Tab of Shift+Enter."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _ENTER
            and self._is_wanted()
        ):
            without_shift = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if without_shift in _PLAIN:
                key = Qt.Key.Key_Backtab if is_back else Qt.Key.Key_Tab
                shift = Qt.KeyboardModifier.ShiftModifier if is_back else Qt.KeyboardModifier.NoModifier
                QCoreApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, key, shift))
                return True
        return super().eventFilter(watched, event)


def _stands_in_form(widget: QWidget) -> bool:
    """Tell whether a widget is the editor of a field's box (`binding.field_box`, not imported for this alone)."""
    if not isinstance(widget, QLineEdit | QComboBox | QCheckBox):
        return False
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox):
        parent = parent.parentWidget()
    return parent is not None and parent.metaObject().className() == "FieldBox"
