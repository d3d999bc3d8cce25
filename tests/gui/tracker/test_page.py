"""The Shipments screen by keyboard: groups, tabs, search, what can be done, and what it says when empty."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from desktop.domain.lifecycle import Clearance, Regime
from desktop.services.tracked_row import Group
from desktop.services.views import ShipmentRow, Subject
from desktop.ui.models.role import Role
from desktop.ui.place import Place
from desktop.ui.send_plan import SendPlan
from desktop.ui.tracker.model import Column, Head
from desktop.ui.tracker.tabs import Tab


async def shown(it):
    it.window.go_to(Place.SHIPMENTS)
    page = it.window.page(Place.SHIPMENTS)
    await until(page.model.rowCount)
    await it.settle()
    return page


async def dialog_of(it) -> QDialog:
    def found() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

    await until(found)
    return it.dialog()


def numbers(page) -> list[str]:
    return [row.number for row in page.shown()]


def button(page, name: str) -> QPushButton:
    found = [one for one in page.side.buttons() if one.objectName().removesuffix("_first") == f"tracker_{name}"]
    assert len(found) == 1
    return found[0]


def heads(page) -> list[tuple[str, int]]:
    lines = [page.model.line(place) for place in range(page.model.rowCount())]
    return [(line.words, line.number) for line in lines if isinstance(line, Head)]


def test_groups_tabs_and_the_count_in_the_rail(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            assert heads(page) == [
                *(("Needs you", 5), ("Cleared, not released", 3)),
                *(("Waiting", 2), ("Released today", 2)),
            ]
            page.tabs.show_tab(Tab.PARS)
            assert ("PARS set", 2) in heads(page)
            page.tabs.show_tab(Tab.PAPS)
            assert heads(page) == [("Entry on file", 1)]
            page.tabs.show_tab(Tab.ALONE)
            assert numbers(page) == ["1234PARS382660", "1234PARS382672"]
            rail = it.window.rail.rail_model
            words = [rail.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(rail.rowCount())]
            assert any("5 need you" in (one or "") for one in words)

    run_qt(main())


def test_the_count_in_the_rail_is_there_before_the_screen_was_opened_and_follows(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            rail = it.window.rail.rail_model

            def spoken() -> str:
                return " ".join(
                    str(rail.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rail.rowCount())
                )

            assert not it.window.has_page(Place.SHIPMENTS)
            await until(lambda: "5 need you" in spoken())
            page = await shown(it)
            it.desk.tracker.put(it.desk.tracker.all_rows[0], group=Group.SET)
            it.desk.say(Subject.INBOX)
            await until(lambda: "4 need you" in spoken())
            assert page.model.rowCount()
            await it.settle(40)

    run_qt(main())


def test_the_list_has_the_focus_first_and_the_keys_of_a_list(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            assert QApplication.focusWidget() is page.view
            assert page.view.current_row().number == "1234PARS382660"
            it.press(Qt.Key.Key_Down)
            assert page.view.current_row().number == "1234PARS382652"
            it.press(Qt.Key.Key_Left)
            assert ("Needs you", 5) in heads(page)
            assert page.view.current_row() is None
            assert page.model.position(page.side.row.key) == -1
            it.press(Qt.Key.Key_Right)
            it.press(Qt.Key.Key_Down)
            assert page.view.current_row().number == "1234PARS382660"

    run_qt(main())


def test_each_row_is_one_sentence_for_a_screen_reader(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            reader = QAccessible.queryAccessibleInterface(page.view)
            assert reader.text(QAccessible.Text.Name) == "Shipments by what must be done"
            said = [
                page.model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
                for place in range(page.model.rowCount())
            ]
            assert said[0] == "Needs you, 5 shipments"
            assert said[1].startswith("Exam required. 1234PARS382660, RNS 5")
            assert all(said)

    run_qt(main())


def test_enter_opens_the_trip_at_the_shipment_and_the_pane_tells_the_story(run_qt, monkeypatch) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.show_number("1234pars382666")
            await it.settle()
            assert page.view.current_row().number == "1234PARS382666"
            assert button(page, "broker").text() == "&Write to Sample Customs Broker"
            assert page.side.newest_card() == "card-2"
            asked = []
            page.asked.connect(lambda name, row: asked.append((name, row.number)))
            opened_trips = []

            async def open_trip(trip_id: str, pointer: str = "") -> None:
                opened_trips.append((trip_id, pointer))

            monkeypatch.setattr(it.shell.act, "open", open_trip)
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert asked == [("open", "1234PARS382666")]
            assert opened_trips == [(page.view.current_row().trip_id, "/shipments/0")]

    run_qt(main())


def test_a_search_asks_for_the_whole_history_and_says_when_there_is_nothing(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.focus_search()
            it.type("382666")
            await until(lambda: numbers(page) == ["1234PARS382666"])
            assert ("tracker", None, "382666", 250) in it.desk.calls
            it.type("zz")
            await until(lambda: not numbers(page))
            assert page.empty.button.isVisible()
            page.empty.button.click()
            await until(lambda: len(numbers(page)) == 12)

    run_qt(main())


def test_a_number_the_list_does_not_show_is_searched_for(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.show_number("1234PARS000001")
            assert page.search.text() == "1234PARS000001"
            await until(lambda: ("tracker", None, "1234PARS000001", 250) in it.desk.calls)

    run_qt(main())


def test_a_number_asked_for_before_anything_was_read_is_current_when_it_has_been(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            it.window.go_to(Place.SHIPMENTS)
            page = it.window.page(Place.SHIPMENTS)
            page.show_number("1234PARS382640")
            await until(lambda: page.view.current_row() and page.view.current_row().number == "1234PARS382640")
            assert page.search.text() == ""
            assert len(numbers(page)) == 12
            await it.settle()

    run_qt(main())


def test_older_ones_are_fetched_on_demand(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            assert not page.more.isVisible()
            page._limit = 4
            await page.reload.now()
            assert page.more.isVisible()
            page.more.click()
            await until(lambda: len(numbers(page)) == 12)
            assert not page.more.isVisible()

    run_qt(main())


def test_an_empty_list_says_which_preference_must_be_on(run_qt) -> None:
    async def main() -> None:
        async with opened(FakeDesk(is_empty=True)) as it:
            it.window.go_to(Place.SHIPMENTS)
            page = it.window.page(Place.SHIPMENTS)
            await until(page.empty.isVisible)
            said = page.empty.findChildren(type(page.side._none))[0].text()
            assert "RNS profile" in said
            assert "API Subscription for All RNS Shipments" in said

    run_qt(main())


def test_a_shipment_is_created_and_that_can_be_undone(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            button(page, "create").click()
            await until(lambda: ("create", "1234PARS382660") in it.desk.calls)
            await it.settle()
            assert "1234PARS382660" in it.window.toast.words
            it.window.toast.action.click()
            await until(lambda: ("uncreate", "shipment-new") in it.desk.calls)

    run_qt(main())


def test_a_number_is_attached_to_a_trip_that_is_chosen_and_that_can_be_undone(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            await shown(it)
            it.press(Qt.Key.Key_Return)
            dialog = await dialog_of(it)
            assert dialog.objectName() == "choose_trip"
            assert QApplication.focusWidget() is dialog.list
            chosen = dialog.list.currentItem().data(Qt.ItemDataRole.UserRole)
            it.press(Qt.Key.Key_Return)
            await until(lambda: ("attach", "1234PARS382660", chosen) in it.desk.calls)
            await until(lambda: "Nothing was sent" in it.window.toast.words)
            it.window.toast.action.click()
            await until(lambda: ("detach", chosen) in it.desk.calls)

    run_qt(main())


def test_moving_off_a_trip_that_went_out_shows_its_plan_and_esc_does_nothing(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.show_number("1234PARS382666")
            await it.settle()
            old = page.view.current_row().trip_id
            for is_sent in (False, True):
                button(page, "move").click()
                chosen = (await dialog_of(it)).list.currentItem().data(Qt.ItemDataRole.UserRole)
                it.press(Qt.Key.Key_Return)
                await until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan))
                plan = QApplication.activeModalWidget()
                words = " ".join(label.text() for label in plan.findChildren(QLabel))
                assert "Move 1234PARS382666 from" in words
                assert "Waits until CBSA has accepted step 2" in words
                await until(plan.send.hasFocus)
                it.press(Qt.Key.Key_Return if is_sent else Qt.Key.Key_Escape)
                await until(lambda: QApplication.activeModalWidget() is None)
                await it.settle()
                moved = [call for call in it.desk.calls if call[0] in {"attach", "move"}]
                assert moved == ([("move", "1234PARS382666", old, chosen, "", "")] if is_sent else [])

    run_qt(main())


def test_what_is_shown_goes_out_as_a_table(run_qt, tmp_path: Path, monkeypatch) -> None:
    target = tmp_path / "out.csv"

    async def choose(*_: object, **__: object) -> str:
        return str(target)

    monkeypatch.setattr("desktop.ui.intake.messages.choose_target", choose)

    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.tabs.show_tab(Tab.ALONE)
            page.export.click()
            await until(lambda: "out.csv" in it.window.toast.words)
            lines = (await asyncio.to_thread(target.read_text, "utf-8-sig")).splitlines()
            assert len(lines) == 3
            assert lines[0].startswith("Is it cleared?,From,Number")
            assert lines[1].startswith("Exam required,RNS 5 at")

    run_qt(main())


@pytest.mark.parametrize(
    ("width", "has_side", "has_service", "gone"),
    [
        (1366, True, True, set()),
        (1330, True, False, set()),
        (1090, True, False, {Column.TRANSACTION}),
        (1000, False, True, set()),
        (700, False, False, {Column.TRANSACTION, Column.OFFICE}),
    ],
)
def test_narrow_windows_drop_service_then_transaction_then_the_side(run_qt, width, has_side, has_service, gone) -> None:
    async def main() -> None:
        async with opened(size=(width, 700)) as it:
            page = await shown(it)
            hidden = {column for column in Column if page.view.header().isSectionHidden(column)}
            assert (page.side.isVisible(), page.model.has_service, hidden) == (has_side, has_service, gone)
            assert page.details.isVisible() is not has_side
            if not has_side:
                it.press(Qt.Key.Key_Space)
                assert page.side.isVisible()

    run_qt(main())


def test_a_wide_window_says_more_beside_the_list(run_qt) -> None:
    async def main() -> None:
        async with opened(size=(1920, 900)) as it:
            page = await shown(it)
            await it.settle()
            assert page.side.width() == 400
            assert "Service option 125" in page.side._facts.text()

    run_qt(main())


def test_what_can_be_done_is_offered_to_the_palette(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            titles = [offer.title for offer in page.offers()]
            assert titles[0] == "Attach to a trip: 1234PARS382660"
            assert "Create shipment: 1234PARS382660" in titles
            assert page.view.currentIndex().data(Role.ID) == page.view.current_row().key

    run_qt(main())


def test_the_sticker_is_checked_for_the_number_that_is_current(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            page = await shown(it)
            page.show_number("1234PARS382666")
            await it.settle()
            button(page, "sticker").click()
            dialog = await dialog_of(it)
            assert type(dialog).__name__ in {"StickerDialog", "QMessageBox"}
            dialog.reject()
            await it.settle()

    run_qt(main())


def test_the_palette_goes_to_a_shipment_that_is_on_no_trip(run_qt) -> None:
    async def main() -> None:
        async with opened() as it:
            opener = next(one for one in it.window.children() if type(one).__name__ == "Opener")
            row = ShipmentRow(
                *("s", "", "1234PARS382672", Regime.ACI, "PARS", None, "", "", ""),
                *(Clearance.NONE, False, 0, ""),
            )
            opener._open_shipment(row)
            await until(lambda: it.window.place is Place.SHIPMENTS)
            page = it.window.page(Place.SHIPMENTS)
            await until(lambda: page.view.current_row() and page.view.current_row().number == "1234PARS382672")
            await it.settle()

    run_qt(main())
