"""From a key pressed in the real editor to the screen that shows what it means, beside a bare line edit."""

from __future__ import annotations

import asyncio
import time

import pytest
from bench.measure import line
from bench.test_editing import trip
from gui.editors.editor_bench import Bench
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.domain.lifecycle import Regime

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support")]

KEYS = 150
SHIPMENTS = 200
FIELDS = ("shipper_name", "shipper_address_postal_code")
"""A field that is nearly always right, and one whose verdict, message and list change with every key."""


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_done = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        self.is_done |= event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


async def keystroke(target: QWidget, painted: Painted, key: str) -> float:
    """Press a key; return the seconds until all it changed is on the screen."""
    painted.is_done = False
    start = time.perf_counter()
    QTest.keyClick(target, key)
    while not painted.is_done:  # noqa: ASYNC110 - every turn of the loop counts
        await asyncio.sleep(0)
    await asyncio.sleep(0)  # what is painted with it
    return time.perf_counter() - start


def keys(count: int) -> str:
    """Return what is typed: letters, and now and then so many that the limit is passed."""
    return ("abc 123 " * (count // 8 + 1))[:count]


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("field", FIELDS)
def test_keystroke_to_painted_verdict(show, run_qt, regime: Regime, field: str) -> None:
    """The last of 200 shipments: typing, checking, marking field and list, painting. Aim: 99 of 100 within 16 ms."""

    async def main() -> None:
        bare = QLineEdit()
        bare.show()
        floor_painted = Painted(bare)
        async with Bench(trip(regime, SHIPMENTS)) as bench:
            bench.editor.resize(1198, 708)
            bench.editor.open_shipment(SHIPMENTS - 1)
            await bench.settled()
            box = bench.box(field)
            editor = box.editor.lineEdit() if isinstance(box.editor, QComboBox) else box.editor
            assert isinstance(editor, QLineEdit)
            editor.setFocus()
            painted = Painted(editor)
            figures: list[float] = []
            floor: list[float] = []
            for position, key in enumerate(keys(KEYS)):
                if position % 25 == 0:
                    editor.clear()
                    bare.clear()
                    await asyncio.sleep(0.01)
                figures.append(await keystroke(editor, painted, key))
                floor.append(await keystroke(bare, floor_painted, key))
                await asyncio.sleep(0.005)  # a dispatcher types slower; what is done between keys is not counted
            assert bench.session.value("/tripNumber")
        bare.deleteLater()
        show(line(f"{regime} {field}, {SHIPMENTS} shipments, painted", figures))
        show(line("floor: a bare line edit, painted", floor))

    run_qt(main())
