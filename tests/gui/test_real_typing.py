"""From an empty data folder the API page's trips are typed into the real window with keys alone, and exported."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from desktop.assembly import DeskOptions, open_desk
from desktop.cli import main as cli
from desktop.owner.lock import OwnerLock
from desktop.store.file import write_file
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.choices import Choices
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MESSAGES = Path(__file__).resolve().parents[1] / "golden" / "messages"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
ENVELOPE = {"sendId", "companyKey", "operation", "autoSend"}


class Keys:
    """Presses keys where the focus is, and nothing else; every step waits for what it must lead to."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    async def until(self, condition: Callable[[], object], what: str) -> None:
        try:
            async with asyncio.timeout(10):
                while not condition():
                    self._activate()
                    await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}; the focus is at {self.at()}") from None

    def _activate(self) -> None:
        """Give the window back what a closed list or dialog took: without a window manager nobody else does."""
        is_covered = QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None
        if not is_covered and not self._window.isActiveWindow():
            self._window.activateWindow()

    @staticmethod
    def at() -> str:
        """Return the name of what has the focus: of its field, or its own."""
        here = QApplication.focusWidget()
        while here is not None and not isinstance(here, FieldBox):
            if here.objectName() and not here.objectName().startswith("qt_"):
                return here.objectName()
            here = here.parentWidget()
        return here.objectName() if here is not None else ""

    async def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        await self.come_back()
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None
        QTest.keyClick(target, key, modifiers)
        await self.come_back()

    async def come_back(self) -> None:
        if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
            await self.until(self._window.isActiveWindow, "the window to be active")
            await self.until(QApplication.focusWidget, "the focus")

    def type(self, words: str) -> None:
        for letter in words:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, letter)

    async def tab_to(self, name: str) -> None:
        seen = []
        for _ in range(120):
            if self.at() == name:
                return
            seen.append(self.at())
            await self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}: {seen}")

    async def fill(self, name: str, words: str) -> None:
        await self.tab_to(name)
        self.type(words)

    async def add(self, button: str) -> None:
        await self.tab_to(button)
        await self.press(Qt.Key.Key_Space)

    async def cells(self, *words: str) -> None:
        await self.tab_to("commodities_table")
        for one in words:
            self.type(one)
            await self.press(Qt.Key.Key_Tab)


@asynccontextmanager
async def empty_window(folder: Path) -> AsyncIterator[tuple[Shell, Keys]]:
    """Open the window as the program does, over an empty data folder."""
    lock = OwnerLock(folder)
    assert await asyncio.to_thread(lock.take)
    desk = await open_desk(DeskOptions(folder=folder, lock=lock))
    shell = Shell(desk, WindowState(folder / "window.json"), Choices(folder, desk.clock, write_file), lambda _: None)
    try:
        await shell.prepare()
        shell.window.resize(1366, 736)
        shell.show()
        shell.window.activateWindow()
        await shell.start()
        yield shell, Keys(shell.window)
    finally:
        await shell.stop()
        await desk.close()
        shell.dispose()
        lock.give_back()


async def begin(keys: Keys, *, to_canada: bool) -> None:
    """Put the guide away and start a trip."""
    await keys.until(lambda: isinstance(QApplication.activeModalWidget(), QDialog), "the guide")
    await keys.until(QApplication.focusWidget, "the focus in the guide")
    await keys.press(Qt.Key.Key_Escape)
    await keys.until(lambda: QApplication.activeModalWidget() is None, "the guide to go")
    await keys.until(QApplication.focusWidget, "the focus in the window")
    await keys.press(Qt.Key.Key_N, CONTROL)
    await keys.until(QApplication.activePopupWidget, "the two directions")
    for _ in range(2 if to_canada else 1):
        await keys.press(Qt.Key.Key_Down)
    await keys.press(Qt.Key.Key_Return)
    first = "trip_number_aci" if to_canada else "trip_number_ace"
    await keys.until(lambda: keys.at() == first, first)


async def saved(shell: Shell, keys: Keys) -> None:
    """Wait until the editor says that everything is saved; nobody has to ask for it."""
    await keys.press(Qt.Key.Key_Tab)
    labels = shell.window.findChildren(QLabel, "saved")
    await keys.until(lambda: any(label.text().startswith("Saved") for label in labels), "the save")


def exported(folder: Path, number: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what `emanifest export` writes, once the window is closed."""
    capsys.readouterr()
    assert cli(["--data-dir", str(folder), "export", number]) == 0
    return json.loads(capsys.readouterr().out)


def bare(document: Any) -> Any:
    """Return a document without envelope members and with plates in one shape."""
    made = {name: value for name, value in copy.deepcopy(document).items() if name not in ENVELOPE}
    made["shipments"] = [{name: v for name, v in row.items() if name not in ENVELOPE} for row in made["shipments"]]
    for unit in (made["truck"], *made["trailers"]):
        if "licensePlates" in unit:
            (unit["licensePlate"],) = unit.pop("licensePlates")
    return made


async def party(keys: Keys, who: str, name: str, line: str, city: str, state: str, postal: str) -> None:
    for part, words in (
        ("name", name), ("address_line", line), ("address_city", city), ("address_state", state),
        ("address_postal_code", postal),
    ):  # fmt: skip
        await keys.fill(f"{who}_{part}", words)


def test_the_ace_trip_of_the_page(run_qt: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        async with empty_window(tmp_path) as (shell, keys):
            await begin(keys, to_canada=False)
            keys.type("aaaa123457a")
            for name, words in (
                ("us_port", "0101"), ("eta", "31 jul 2014 0445"), ("truck_number", "2013"),
                ("truck_vin", "ag12xxxxxxxxxf"), ("truck_plate_number", "temp5"), ("truck_plate_state", "on"),
                ("truck_type", "TR"),
            ):  # fmt: skip
                await keys.fill(name, words)
            await keys.add("add_trailer")
            for name, words in (
                ("trailer_number", "0456"), ("trailer_type", "TL"), ("trailer_plate_number", "JV2012"),
                ("trailer_plate_state", "ON"), ("driver_number", "D004"), ("driver_last_name", "Dorn"),
                ("driver_first_name", "Michael"), ("driver_fast_card", "42705555555555"),
                ("driver_birth_date", "1970-01-01"), ("driver_gender", "M"), ("driver_citizenship", "CA"),
            ):  # fmt: skip
                await keys.fill(name, words)
            await keys.press(Qt.Key.Key_Tab)
            await keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
            assert keys.at() == "shipment_control_number"
            keys.type("AAAAA754321")
            await keys.fill("province_of_loading", "NU")
            await party(keys, "shipper", "Art place", "1234 Vancity", "Vancouver", "BC", "V6H 3J9")
            await party(keys, "consignee", "Elk Corp of Texas", "401 Weavertown Rd", "Myerstown", "PA", "17067")
            await keys.cells("Books", "35", "BOX", "1500", "L")
            await saved(shell, keys)

    run_qt(main())
    made = exported(tmp_path, "AAAA123457A", capsys)
    assert bare(made) == bare(json.loads((MESSAGES / "ace-trip.json").read_text(encoding="utf-8")))


def test_the_aci_trip_of_the_page(run_qt: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        async with empty_window(tmp_path) as (shell, keys):
            await begin(keys, to_canada=True)
            keys.type("1234923ASDF")
            for name, words in (
                ("ca_port", "0440"), ("eta", "2014-12-08 05:45"), ("truck_number", "10"),
                ("truck_vin", "23XXXXXX54XX7"), ("truck_plate_number", "TRK1NG"), ("truck_plate_state", "ON"),
                ("truck_type", "TR"), ("truck_dot_number", "000001"),
            ):  # fmt: skip
                await keys.fill(name, words)
            await keys.add("add_insurance")
            assert keys.at() == "truck_insurance_company"
            keys.type("ABC Insurance")
            for name, words in (
                ("truck_insurance_policy", "123456789"), ("truck_insurance_date", "2010-10-20"),
                ("truck_insurance_amount", "1000000"),
            ):  # fmt: skip
                await keys.fill(name, words)
            await keys.add("add_trailer")
            for name, words in (
                ("trailer_number", "23411"), ("trailer_type", "TL"), ("trailer_plate_number", "OKATE1"),
                ("trailer_plate_state", "MI"), ("driver_number", "JD"), ("driver_last_name", "Doe"),
                ("driver_first_name", "John"), ("driver_birth_date", "1980-07-14"), ("driver_gender", "M"),
                ("driver_citizenship", "US"),
            ):  # fmt: skip
                await keys.fill(name, words)
            for kind in ("5K", "6W"):
                await keys.add("add_document")
                await keys.fill("driver_document_type", kind)
                await keys.fill("driver_document_number", "23423562")
                await keys.fill("driver_document_state", "MI")
            await keys.press(Qt.Key.Key_Tab)
            await keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
            assert keys.at() == "cargo_control_number"
            keys.type("1234PARS34213341")
            await keys.fill("city_of_loading_city", "New York")
            await keys.fill("city_of_loading_state", "NY")
            await party(keys, "shipper", "Hazmat Wholesale", "1234 New York ave", "New York", "NY", "12345")
            await party(
                keys, "consignee", "Canadian Lava Co.", "15 North Town Line Unit 68B", "River Canard", "ON", "N9J2W2"
            )
            await keys.cells("Plywood", "900", "PCE", "35005", "LBR")
            await saved(shell, keys)

    run_qt(main())
    made = exported(tmp_path, "1234923ASDF", capsys)
    assert bare(made) == bare(json.loads((MESSAGES / "aci-trip.json").read_text(encoding="utf-8")))
