"""A trip editor over the real session and the real rules, without a database."""

from __future__ import annotations

import asyncio
import copy
import json
from pathlib import Path
from typing import Any, Self

from fakes.desk import FakeDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.lifecycle import Regime
from desktop.services.edit_session import EditSession
from desktop.services.views import LibraryRow
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.trip import TripEditor
from desktop.validation import Checker
from desktop.validation.facts import CompanyFacts, Facts

MESSAGES = Path(__file__).resolve().parents[2] / "golden" / "messages"
COMPANY = CompanyFacts(scacs=("AAAA",), carrier_codes=("1234",))
ENVELOPE = {"sendId", "companyKey", "operation", "autoSend"}


def example(regime: Regime) -> dict[str, Any]:
    """Return the API page's own trip."""
    return json.loads((MESSAGES / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))


def empty(regime: Regime) -> dict[str, Any]:
    """Return a new trip as the program starts it."""
    return {"data": f"{regime}_TRIP", "operation": "CREATE", "truck": {}, "drivers": [{}], "shipments": []}


def without_envelope(document: Any) -> Any:
    """Return a document without what is set anew for each send."""
    made = {name: value for name, value in copy.deepcopy(document).items() if name not in ENVELOPE}
    made["shipments"] = [
        {name: value for name, value in shipment.items() if name not in ENVELOPE} for shipment in made["shipments"]
    ]
    return made


class Bench:
    """One editor and everything a test wants of it. Use as `async with Bench(document) as bench`."""

    def __init__(self, document: dict[str, Any], *, library: list[LibraryRow] | None = None) -> None:
        self.desk = FakeDesk()
        if library is not None:
            self.desk.all_library = library
        self.saves = 0
        regime = Regime.ACE if document["data"].startswith("ACE") else Regime.ACI
        self.session = EditSession(
            trip_id=self.desk.stored[0].id,
            regime=regime,
            company="",
            version=1,
            document=document,
            local={},
            save=self._save,
            checker=Checker(),
            facts=lambda _session: Facts(now=self.desk.clock.now(), company=COMPANY),
            clock=self.desk.clock,
            keeper=self.desk.keeper,
        )
        self.editor = TripEditor(self.desk, self.session)
        self.editor.resize(1198, 708)
        self.editor.show()
        self.editor.activateWindow()

    async def _save(self, session: EditSession, _tail: object) -> int:
        self.saves += 1
        return session.version + 1

    async def __aenter__(self) -> Self:
        async with asyncio.timeout(5):
            while not self.editor.isActiveWindow():  # noqa: ASYNC110 - the platform has no event for it
                await asyncio.sleep(0.002)
        return self

    async def settled(self) -> None:
        """Wait until layouts have done their work."""
        for _ in range(5):
            await asyncio.sleep(0.005)

    async def loaded(self) -> None:
        """Wait until the library has been read."""
        await self.editor.shelf.load()

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.editor.close_session()
        await self.desk.keeper.stop()
        self.editor.close()
        self.editor.deleteLater()

    def box(self, name: str, number: int = 0) -> FieldBox:
        """Return the field box of a name; `number` counts those on the page."""
        found = [box for box in self.editor.findChildren(FieldBox, name) if not box.isHidden()]
        return found[number]

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def focus_name(self) -> str:
        """Return the name of the field that has the caret."""
        here = self.focus
        while here is not None and not isinstance(here, FieldBox):
            here = here.parentWidget()
        return here.objectName() if isinstance(here, FieldBox) else type(self.focus).__name__

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for letter in text:
            target = self.focus
            assert target is not None
            QTest.keyClicks(target, letter)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key; an open list of a picker gets it, as on a screen."""
        popup = QApplication.activePopupWidget()
        target = popup or self.focus
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def press(self, button: QWidget) -> None:
        """Leave the field with Tab, come to a button and press it."""
        if QApplication.activePopupWidget() is not None:
            self.key(Qt.Key.Key_Tab)
        button.setFocus()
        self.key(Qt.Key.Key_Space)

    def tab_to(self, name: str) -> None:
        """Press Tab until the field of that name has the caret."""
        for _ in range(200):
            if self.focus_name() == name:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field by Tab and type."""
        self.tab_to(name)
        self.type(text)
