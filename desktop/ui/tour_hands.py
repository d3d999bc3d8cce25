"""Hands for the tour: presses keys where the focus is, as a person does who sees the window."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.errors import Bug
from desktop.ui.binding.field_box import FieldBox

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

_PLAIN = Qt.KeyboardModifier.NoModifier
_LIMIT_S = 30.0
_LOOK_S = 0.02
_MOST_TABS = 250


class Hands:
    """Types and presses; waits for what must come, never for a fixed time."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press one key; an open list or menu gets it, as on a screen."""
        target = QApplication.activePopupWidget() or self.focus()
        QTest.keyClick(target, key, modifiers)

    def type(self, words: str) -> None:
        """Type into whatever has the focus."""
        for letter in words:
            QTest.keyClicks(self.focus(), letter)

    def focus(self) -> QWidget:
        """Return what has the focus.

        Raises:
            Bug: nothing has it: the window lost it.
        """
        here = QApplication.focusWidget() or QApplication.activeWindow()
        if here is None:
            raise Bug("nothing in the window has the focus")
        return here

    def field(self) -> str:
        """Return the name of the field that has the caret; empty where no field has it."""
        here: QWidget | None = QApplication.focusWidget()
        while here is not None and not isinstance(here, FieldBox):
            here = here.parentWidget()
        return here.objectName() if here is not None else ""

    async def tab_to(self, is_there: Callable[[], bool], what: str) -> None:
        """Press Tab until the focus is there.

        Raises:
            Bug: Tab never gets there.
        """
        for _ in range(_MOST_TABS):
            if is_there():
                return
            had_list = QApplication.activePopupWidget() is not None
            self.key(Qt.Key.Key_Tab)
            if had_list:
                await self._come_back()
        raise Bug(f"Tab never reaches {what}")

    async def fill(self, name: str, words: str) -> None:
        """Go to a field by Tab and type; a picker's first match is taken on leaving it."""
        await self.tab_to(lambda: self.field() == name, name)
        self.type(words)

    async def choose(self, name: str, words: str) -> None:
        """Go to a picker by Tab, type, and take the first line of its list."""
        await self.fill(name, words)
        await self.until(QApplication.activePopupWidget, f"the list of {name}")
        self.key(Qt.Key.Key_Down)
        self.key(Qt.Key.Key_Return)
        await self._come_back()
        await self.settle()

    async def cells(self, *words: str) -> None:
        """Fill cells of a grid, one after the other, each left with Tab."""
        for one in words:
            self.type(one)
            self.key(Qt.Key.Key_Tab)
            await self._come_back()

    async def _come_back(self) -> None:
        """Give the window the focus back after a list: without a window manager nobody else does."""
        await self.until(lambda: QApplication.activePopupWidget() is None, "the list to close")
        self._window.activateWindow()
        await self.until(lambda: QApplication.focusWidget() is not None, "the focus")

    def replace(self, words: str) -> None:
        """Type over all that stands in the field with the focus."""
        self.key(Qt.Key.Key_A, CONTROL)
        self.type(words)

    async def until(self, is_so: Callable[[], object], what: str, limit_s: float = _LIMIT_S) -> None:
        """Wait until something is so.

        Raises:
            Bug: it never came.
        """
        end = time.monotonic() + limit_s
        while not is_so():
            if time.monotonic() > end:
                raise Bug(f"waited in vain for {what}")
            await asyncio.sleep(_LOOK_S)

    async def settle(self) -> None:
        """Let the window paint what has changed."""
        for _ in range(5):
            await asyncio.sleep(_LOOK_S)
