"""The window program with somebody at the keyboard, to be killed: `typist.py FOLDER SEED`. Nobody types below zero.

The program is started as its entry does it. Once what was open is back, it types: letters, Tab, Backspace, undo, another
trip now and then, with pauses of all lengths. Each line of its output is one JSON object: first what came back, then
each key before it is pressed, and after it the moment and all that must not be lost by then; and a beat all the while.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import app
from desktop.domain.documents import get
from desktop.domain.lifecycle import Regime
from desktop.settings.start import Options
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"  # what no field takes out again, so that the caret stays
TRIPS = 2
BEAT_S = 0.01


def say(**line: Any) -> None:
    """Write a line that a kill cannot take back."""
    os.write(1, (json.dumps(line) + "\n").encode())


def _letters(words: str) -> str:
    """Return what of a text is letters and digits: cases, spaces and what stands between seals are the field's."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())


class Typist:
    """One pair of hands."""

    def __init__(self, shell: Shell, seed: int) -> None:
        self._shell = shell
        self._random = random.Random(seed)

    @property
    def _trips(self) -> Any:
        return self._shell.act.trips

    def state(self) -> dict[str, Any]:
        """Everything that must come back."""
        documents = {trip.trip_id: trip.session.document for trip in self._trips.trips if trip.session is not None}
        current = self._trips.current
        packed = json.dumps(documents[current.trip_id], sort_keys=True)
        pointer, caret = current.editor.place()
        if not pointer:  # the focus is on something that is no field: what was remembered stays
            pointer, caret = current.pointer, current.caret
        return {
            "order": [trip.trip_id for trip in self._trips.trips],
            "current": current.trip_id,
            "pointer": pointer,
            "caret": caret if self._plain_line() is not None else None,  # what a list shows is its own
            "document": hashlib.sha256(packed.encode()).hexdigest(),
            "undo": current.session.can_undo,
        }

    def _plain_line(self) -> QLineEdit | None:
        """Return the line with the caret, where it shows just what is typed; none in a picker, a date or a secret."""
        line = QApplication.focusWidget()
        box: Any = line
        while box is not None and not isinstance(box, FieldBox):
            box = box.parentWidget()
        return line if type(line) is QLineEdit and box is not None and box.editor is line else None

    def _unsaid(self) -> str:
        """Return what stands in a plain field and not in the document; else nothing."""
        line = self._plain_line()
        pointer, _ = self._trips.current.editor.place()
        if line is None or not pointer:
            return ""
        value = get(self._trips.current.session.document, pointer)
        written = "".join(value) if isinstance(value, list) else str(value or "")
        is_there = _letters(line.text()) == _letters(written)
        return "" if is_there else f"{pointer}: {line.text()!r} is {value!r}"

    async def _until(self, is_so: Callable[[], object]) -> None:
        while not is_so():  # noqa: ASYNC110 - conditions of Qt objects have no event to wait for
            await asyncio.sleep(0.005)

    async def _come_back(self) -> None:
        """Leave a list that opened; without a window manager nobody gives the window its focus back."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        if not self._shell.window.isActiveWindow():
            self._shell.window.activateWindow()
        await self._until(self._has_caret)

    def _has_caret(self) -> bool:
        current = self._trips.current
        focus = QApplication.focusWidget()
        return (
            current is not None
            and current.editor is not None
            and focus is not None
            and current.editor.isAncestorOf(focus)
        )

    async def beat(self) -> None:
        """Say that the window is alive, so that a machine that stands still is not taken for a program that waits."""
        while True:
            say(beat=time.monotonic())
            await asyncio.sleep(BEAT_S)

    async def work(self) -> None:
        """Make the first trips where there are none; say what is back; type for ever."""
        while len(self._trips.trips) < TRIPS:
            before = len(self._trips.trips)
            await self._shell.act.new(self._random.choice(list(Regime)))
            await self._until(lambda before=before: len(self._trips.trips) > before)
        await self._shell.desk.open_trips.flush()  # what stands before the first key is no key's business
        await self._until(self._has_caret)
        await asyncio.sleep(0.02)
        before = self.state()
        say(back=before, at=time.monotonic())
        if before["undo"]:
            await self._try_undo(before["document"])
        while True:
            await self._press()
            await asyncio.sleep(self._random.choice((0.0, 0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.15, 0.4)))

    async def _try_undo(self, document: str) -> None:
        """The edits of the life before can be taken back and brought again, by key."""
        undone = 0
        while self._trips.current.session.can_undo and self.state()["document"] == document:
            undone += 1  # a letter that was typed and taken out at once is an edit, too
            await self._hit(Qt.Key.Key_Z)
        for _ in range(undone):
            await self._hit(Qt.Key.Key_Y)
        if undone and self.state()["document"] != document:
            say(took=self.state(), unsaid="undo and redo of edits before the kill", at=time.monotonic())

    async def _hit(self, key: Qt.Key) -> None:
        say(press=time.monotonic())
        QTest.keyClick(QApplication.focusWidget(), key, CONTROL)
        await self._come_back()
        await asyncio.sleep(0.001)
        say(took=self.state(), unsaid="", at=time.monotonic())

    async def _press(self) -> None:
        say(press=time.monotonic())
        target = QApplication.focusWidget() or self._shell.window
        what = self._random.random()
        if what < 0.1:
            QTest.keyClick(target, Qt.Key.Key_Tab)
        elif what < 0.16:
            QTest.keyClick(target, Qt.Key.Key_Backspace)
        elif what < 0.2:
            QTest.keyClick(target, Qt.Key.Key_Left)
        elif what < 0.24:
            QTest.keyClick(target, Qt.Key.Key_Z, CONTROL)
        elif what < 0.26:
            QTest.keyClick(target, Qt.Key.Key_F6, CONTROL)
        else:
            QTest.keyClick(target, self._random.choice(LETTERS))
        await self._come_back()
        await asyncio.sleep(0.001)  # what the key put off to the next turn is done then
        say(took=self.state(), unsaid=self._unsaid(), at=time.monotonic())


class WatchedShell(Shell):
    """The window with the typist before it."""

    async def start(self) -> None:
        """Begin to type once everything is there."""
        await super().start()
        seed = int(sys.argv[2])
        if seed < 0:
            return
        typist = Typist(self, seed)
        self.desk.keeper.start(typist.work(), name="type")
        self.desk.keeper.start(typist.beat(), name="beat")


if __name__ == "__main__":
    app.Shell = WatchedShell
    sys.exit(app.start(Options(Path(sys.argv[1]))))
