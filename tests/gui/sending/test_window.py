"""What a dispatcher does about trips customs has, by keyboard, at the real window against the practice service.

Amend, cancel, cancel and file again, move a shipment, late truck, equipment swap; a refusal and a restart among them.
"""

from __future__ import annotations

import asyncio

import pytest
from fakes.dispatcher import CTRL, Dispatcher, dispatcher, held, refused, words
from fakes.window import until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.domain.lifecycle import Customs, Regime
from desktop.services.views import PlanState
from desktop.ui.place import Place

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(300)]

ACE_WAY = ["CREATE", "COMPLETE_TRIP_AND_SHIPMENTS"]
ACI_WAY = ["CREATE", "ORIGINAL"]


@pytest.fixture
def limit_s() -> float:
    return 240.0


def strip(it: Dispatcher) -> str:
    """What the line above the trip in front says; empty where it says nothing."""
    editor = it.shell.act.trips.current.editor
    found = [one for one in editor.findChildren(QLabel, "progress_words") if one.isVisible()]
    return found[0].text() if found else ""


async def plan_state(it: Dispatcher, trip: str) -> PlanState:
    view = await it.desk.progress.of_trip(trip)
    assert view is not None
    return view.state


async def until_done(it: Dispatcher, trip: str) -> None:
    async with asyncio.timeout(30):
        while await plan_state(it, trip) is not PlanState.DONE:  # noqa: ASYNC110 - what is stored has no event
            await asyncio.sleep(0.02)


def test_a_late_truck_and_another_trailer_are_one_action_each_and_an_amendment(run_qt, tmp_path) -> None:
    """L and Enter, then E, a number and Enter: each goes straight into the plan; Ctrl+Enter sends the change."""

    async def main() -> None:
        async with dispatcher(tmp_path / "data") as far, far.at_work() as it:
            (trip,) = await it.filed(it.document(Regime.ACE))
            number, before = (await it.row(trip)).number, (await it.row(trip)).eta.local
            # late: from the crossings
            it.shell.window.go_to(Place.CROSSINGS)
            await until(lambda: it.shell.board.view.select(trip), 30)
            it.shell.board.view.setFocus()
            await it.press(Qt.Key.Key_L)
            late = await it.dialog("late_dialog")
            await it.type("45")
            await until(late.apply.isEnabled)
            await until(lambda: late.lines and late.lines[0].after[11:] == "14:45:00", 30)
            await it.press(Qt.Key.Key_Return)
            said = await it.agree(await it.plan())
            assert f"Send a change for {number} to CBP?" in said
            assert before in said  # what CBP has
            await until(lambda: it.stored(number, Regime.ACE)["estimatedArrivalDateTime"].endswith("14:45:00"), 30)
            await it.comes_to(trip, Customs.ON_FILE, Customs.CLEARED)
            await until_done(it, trip)
            # another trailer: from the list, typed
            it.shell.window.go_to(Place.TRIPS)
            await it.choose(trip)
            await it.press(Qt.Key.Key_E)
            swap = await it.dialog("swap_dialog")
            assert swap.number.hasFocus()
            await it.type("SW77")
            swap.plate.setFocus()
            await it.type("sample7")
            await it.press(Qt.Key.Key_Tab)
            await it.type("on")
            await it.press(Qt.Key.Key_Return)
            said = await it.agree(await it.plan())
            assert "SW77" in said
            await until(lambda: it.stored(number, Regime.ACE)["trailers"][0]["number"] == "SW77", 30)
            goods = it.stored(number, Regime.ACE)["shipments"][0]["commodities"]
            assert {one["loadedOn"]["number"] for one in goods if "loadedOn" in one} <= {"SW77"}
            await until_done(it, trip)
            amend = ["UPDATE", "AMEND_TRIP_AND_SHIPMENTS"]
            assert await it.went_out(trip) == [*ACE_WAY, *amend, *amend]

    run_qt(main())


def test_an_amendment_for_cbsa_asks_its_reasons_and_a_cancellation_is_refused_then_accepted(run_qt, tmp_path) -> None:
    async def main() -> None:
        steps = (refused("cancel", Regime.ACI, "aci_cannot_cancel"),)
        async with dispatcher(tmp_path / "data", *steps) as far, far.at_work() as it:
            (trip,) = await it.filed(it.document(Regime.ACI))
            number = (await it.row(trip)).number
            await it.choose(trip)
            await it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trips.current is not None, 30)
            editor = it.shell.act.trips.current.editor
            editor.go_to("/truck/licensePlate/number")
            await it.press(Qt.Key.Key_A, CTRL)
            await it.type("NEW7")
            await it.press(Qt.Key.Key_Return, CTRL)
            plan = await it.plan()
            assert not plan.send.isEnabled()  # a reason is missing
            assert plan.reasons.first_open is not None or plan.reasons.chosen("trip")
            await it.agree(plan)
            await until(lambda: it.stored(number, Regime.ACI)["truck"]["licensePlate"]["number"] == "NEW7", 30)
            await until_done(it, trip)
            assert await it.went_out(trip) == [*ACI_WAY, "UPDATE", "AMEND"]
            # cancel: CBSA refuses, the trip says so; asked again, it is cancelled
            it.shell.act.back()
            await until(lambda: it.shell.act.trips.current is None, 30)
            await it.choose(trip)
            await it.press(Qt.Key.Key_X)
            plan = await it.plan()
            assert f"Cancel {number} with CBSA?" in words(plan)
            assert plan.back.hasFocus()  # going back is the default
            await it.press(Qt.Key.Key_Return)
            await until(lambda: QApplication.activeModalWidget() is None, 30)
            assert await it.went_out(trip) == [*ACI_WAY, "UPDATE", "AMEND"]  # nothing went out
            await it.press(Qt.Key.Key_X)
            await it.agree(await it.plan())
            await it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trips.current is not None, 30)
            await until(lambda: "Stopped at step 1 of 1: CBSA refused the cancellation" in strip(it), 30)
            assert it.on_file(number, Regime.ACI)
            editor = it.shell.act.trips.current.editor
            again = editor.findChild(QPushButton, "progress_send")
            assert again.isVisible()
            it.shell.act.back()
            await until(lambda: it.shell.act.trips.current is None, 30)
            await it.choose(trip)
            await it.press(Qt.Key.Key_X)
            await it.agree(await it.plan())
            await it.comes_to(trip, Customs.CANCELLED)
            assert not it.on_file(number, Regime.ACI)
            assert it.service.ledger.imports[number] == 1

    run_qt(main())


def test_another_day_for_cbp_is_cancelled_and_filed_again_over_a_restart(run_qt, tmp_path) -> None:
    async def main() -> None:
        async with dispatcher(tmp_path / "data", held("cancel", Regime.ACE)) as far:
            async with far.at_work() as it:
                (trip,) = await it.filed(it.document(Regime.ACE))
                number = (await it.row(trip)).number
                it.shell.window.go_to(Place.CROSSINGS)
                await until(lambda: it.shell.board.view.select(trip), 30)
                it.shell.board.view.setFocus()
                await it.press(Qt.Key.Key_L)
                late = await it.dialog("late_dialog")
                await it.type("1440")
                await until(lambda: late.lines and late.lines[0].must_refile and late.apply.isEnabled(), 30)
                await it.press(Qt.Key.Key_Return)
                plan = await it.plan()
                assert plan.back.hasFocus()
                said = await it.agree(plan)
                assert f"Cancel {number} with CBP and file it again?" in said
                assert "Waits until CBP has accepted step 1" in said
                await it.shell.act.open(trip)
                await until(lambda: "Step 1 of 3: waiting for CBP's answer to the cancellation, since" in strip(it), 30)
                assert await it.went_out(trip) == [*ACE_WAY, "CANCEL_TRIP_AND_SHIPMENTS"]
            async with far.at_work() as it:  # a restart: the trip says the same
                await it.choose(trip)
                await it.press(Qt.Key.Key_Return)
                await until(lambda: it.shell.act.trips.current is not None, 30)
                await until(lambda: "Step 1 of 3: waiting for CBP's answer to the cancellation, since" in strip(it), 30)
                it.let_answer()
                await until_done(it, trip)
                await until(lambda: strip(it) == "", 30)
                await it.comes_to(trip, Customs.ON_FILE, Customs.CLEARED)
                way = ["CANCEL_TRIP_AND_SHIPMENTS", "UPDATE", "COMPLETE_TRIP_AND_SHIPMENTS"]
                assert await it.went_out(trip) == [*ACE_WAY, *way]
                assert it.on_file(number, Regime.ACE)
                assert it.service.ledger.imports[number] == 1

    run_qt(main())


def test_a_shipment_moves_to_another_trip_when_cbsa_has_taken_it_off_the_first(run_qt, tmp_path) -> None:
    async def main() -> None:
        async with dispatcher(tmp_path / "data", held("change", Regime.ACI)) as far:
            async with far.at_work() as it:
                old, new = await it.filed(it.document(Regime.ACI, 2), it.document(Regime.ACI))
                moved = (await it.desk.lookups.trip(old)).shipments[1].number
                numbers = [(await it.row(one)).number for one in (old, new)]
                it.shell.window.go_to(Place.SHIPMENTS)
                page = it.shell.window.page(Place.SHIPMENTS)
                page.show_number(moved)
                move = page.findChild(QPushButton, "tracker_move")
                await until(lambda: page.view.current_row() and page.view.current_row().number == moved, 30)
                await until(lambda: move.isVisible() and move.isEnabled(), 30)
                move.setFocus()
                await it.press(Qt.Key.Key_Space)
                await it.dialog("choose_trip")
                await it.press(Qt.Key.Key_Return)
                said = await it.agree(await it.plan())
                assert f"Move {moved} from {numbers[0]} to {numbers[1]}?" in said
                await it.shell.act.open(new)
                await until(lambda: "Step 2 of 4: waiting for CBSA's answer to the change" in strip(it), 30)
            async with far.at_work() as it:
                it.let_answer()
                await until_done(it, new)
                assert [one["cargoControlNumber"] for one in it.stored(numbers[0], Regime.ACI)["shipments"]] != [moved]
                assert moved in [one["cargoControlNumber"] for one in it.stored(numbers[1], Regime.ACI)["shipments"]]
                assert it.service.ledger.linked["", "ACI", moved] == numbers[1]

    run_qt(main())
