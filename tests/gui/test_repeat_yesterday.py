"""Yesterday's accepted trip goes again: from the list to a send plan that can be sent, in at most 15 key presses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fakes.far_end import FarEnd, far_end, fast
from fakes.office import Office, connected
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.lifecycle import Customs, Outcome, Regime
from desktop.domain.number_range import Series
from desktop.store.file import write_file
from desktop.store.number_range import NewRange
from desktop.ui.choices import Choices
from desktop.ui.send_plan import SendPlan
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

__all__ = ["fast"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NIGHT_S = 20 * 3600.0
MOST = 15


class Counted:
    """Presses keys where the focus is and counts every one."""

    def __init__(self, shell: Shell) -> None:
        self._window = shell.window
        self.presses = 0

    async def until(self, condition, what: str) -> None:
        try:
            async with asyncio.timeout(10):
                while not condition():
                    if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
                        self._window.activateWindow()  # without a window manager nobody else does
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}; the focus is on {QApplication.focusWidget()}") from None

    async def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        await self.until(QApplication.focusWidget, "a focus")
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        self.presses += 1
        await asyncio.sleep(0.01)

    @staticmethod
    def place(shell: Shell) -> tuple[str, int]:
        """Return the field with the caret in the editor in front."""
        editor = shell.act.trips.current.editor
        return editor.place()

    async def type(self, words: str) -> None:
        for letter in words:
            await self.until(QApplication.focusWidget, "a focus")
            QTest.keyClicks(QApplication.focusWidget(), letter)
            self.presses += 1


async def work_through_yesterday(folder: Path, far: FarEnd) -> dict[Regime, str]:
    """Both directions were sent and accepted; another trip was begun and left lying."""
    office = Office(folder, far)
    desk = await office.open()
    await connected(office)
    company = (await desk.store.companies.all())[0].id
    for regime, prefix in ((Regime.ACE, "SMPL"), (Regime.ACI, "9SMP")):
        for kind, digit in (("trip", "7"), ("control", "8")):
            await desk.store.number_ranges.add(NewRange(company, regime, kind, Series(prefix + digit, "", 5, 1, 999)))
    trips = {}
    for regime in Regime:
        trip = trips[regime] = await office.trip(regime)
        result = await office.send(trip)
        assert result.outcome is Outcome.DELIVERED
        await office.settle()
        assert (await desk.lookups.trip(trip)).row.customs is not Customs.NONE
    await desk.starting.new(Regime.ACE, company)
    await office.close()
    return trips


@asynccontextmanager
async def this_morning(folder: Path, far: FarEnd) -> AsyncIterator[tuple[Shell, Office, Counted]]:
    """The window over the same data, the next day."""
    far.clock.advance(NIGHT_S)
    office = Office(folder, far)
    desk = await office.open()
    state = WindowState()
    state.keep("guide.done", "yes")
    state.keep("window.place", "trips")
    shell = Shell(desk, state, Choices(folder, desk.clock, write_file), lambda _: None)
    try:
        await shell.prepare()
        shell.window.resize(1366, 736)
        shell.show()
        shell.window.activateWindow()
        await shell.start()
        keys = Counted(shell)
        await keys.until(lambda: shell.trips.view.hasFocus() and shell.trips.view.current_id(), "the list")
        yield shell, office, keys
    finally:
        await shell.stop()
        await office.close()
        shell.dispose()


async def plan_of(keys: Counted) -> SendPlan:
    await keys.until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan), "the send plan")
    plan = QApplication.activeModalWidget()
    assert isinstance(plan, SendPlan)
    await keys.until(lambda: QApplication.focusWidget() is not None, "a focus in the plan")
    return plan


def in_list(shell: Shell, trip: str) -> int:
    return shell.trips.model.position(trip)


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.usefixtures("fast")
def test_yesterdays_trip_is_ready_to_send_again_in_few_keys(run_qt, tmp_path, regime):
    """Arrows to the trip, R, Ctrl+Enter, the tick: nothing else is needed."""

    async def main():
        async with far_end() as far:
            trips = await work_through_yesterday(tmp_path, far)
            async with this_morning(tmp_path, far) as (shell, office, keys):
                start = in_list(shell, shell.trips.view.current_id())
                for _ in range(in_list(shell, trips[regime]) - start):
                    await keys.press(Qt.Key.Key_Down)
                assert shell.trips.view.current_id() == trips[regime]
                await keys.press(Qt.Key.Key_R)
                await keys.until(lambda: shell.act.trip_id not in {"", trips[regime]}, "the editor of the new trip")
                await keys.press(Qt.Key.Key_Return, CONTROL)
                plan = await plan_of(keys)
                assert not plan.is_blocked
                assert not plan.send.isEnabled(), "what was taken over is looked at first"
                await keys.press(Qt.Key.Key_Space)
                await keys.until(plan.send.isEnabled, "Send")
                assert keys.presses <= MOST
                new = shell.act.trip_id
                detail = await office.desk.lookups.trip(new)
                assert detail.row.errors == 0
                assert detail.row.number.endswith("00001" if regime is Regime.ACI else "00002")
                assert detail.row.eta.moment > far.clock.now()
                plan.reject()
                await keys.until(lambda: QApplication.activeModalWidget() is None, "the plan to go")

    run_qt(main())


@pytest.mark.usefixtures("fast")
def test_with_another_load_and_everything_looked_at_it_takes_no_more(run_qt, tmp_path):
    """F8 leads through what was taken over; a new quantity is typed, the rest is still right; Send waits for nothing."""

    async def main():
        async with far_end() as far:
            trips = await work_through_yesterday(tmp_path, far)
            async with this_morning(tmp_path, far) as (shell, office, keys):
                trip = trips[Regime.ACE]
                for _ in range(in_list(shell, trip) - in_list(shell, shell.trips.view.current_id())):
                    await keys.press(Qt.Key.Key_Down)
                await keys.press(Qt.Key.Key_R)
                await keys.until(lambda: shell.act.trip_id not in {"", trip}, "the editor of the new trip")
                session = await office.desk.editing.open(shell.act.trip_id)
                assert any(issue.code == "K01" for issue in session.issues)
                quantity = "/shipments/0/commodities/0/quantity"
                before = session.value(quantity)
                for _ in range(6):
                    if keys.place(shell)[0] == quantity:
                        break
                    await keys.press(Qt.Key.Key_F8)
                await keys.type("41")
                await keys.press(Qt.Key.Key_A, CONTROL | SHIFT)
                await keys.until(lambda: session.value(quantity) == 41 != before, "the new quantity")
                await keys.until(lambda: not any(issue.code == "K01" for issue in session.issues), "the marks to go")
                await keys.press(Qt.Key.Key_Return, CONTROL)
                plan = await plan_of(keys)
                assert not plan.is_blocked
                if not plan.send.isEnabled():  # a question of another kind
                    await keys.press(Qt.Key.Key_Space)
                assert plan.send.isEnabled()
                assert keys.presses <= MOST
                plan.reject()
                await keys.until(lambda: QApplication.activeModalWidget() is None, "the plan to go")

    run_qt(main())
