"""The tabs that show what customs has and what happened."""

from __future__ import annotations

import asyncio

from gui.editors.editor_bench import Bench, example
from PySide6.QtCore import Qt

from desktop.domain.lifecycle import Regime
from desktop.services.views import Subject
from desktop.ui.editors.tabs import TABS

PLACE = "Truck 2014 \u203a Unit number"
CUSTOMS, HISTORY = TABS.index("customs"), TABS.index("history")


async def read(bench):
    bench.desk.changes.announce(Subject.TRIP, [bench.session.trip_id])
    for _ in range(6):
        await asyncio.sleep(0.002)


def test_before_a_send_it_says_that_nothing_went_out(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.show_tab(CUSTOMS)
            page = bench.editor.aside.page("customs")
            assert page.isVisible()
            assert page.empty.text().startswith("Nothing sent yet.")

    run_qt(main())


def test_changes_stand_with_both_values_and_lead_to_their_field(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            trip = bench.desk.find(bench.session.trip_id)
            before = example(Regime.ACE)
            trip.document = {**before, "truck": {**before["truck"], "number": "2014"}}
            bench.desk.compared.taken[bench.session.trip_id] = (bench.desk.clock.now(), before)
            await read(bench)
            bench.editor.show_tab(CUSTOMS)
            page = bench.editor.aside.page("customs")
            assert page.heading.text() == "1 change since customs has it"
            assert page.model.lines[0].cells == (PLACE, "2013", "2014")
            assert "1 change" in bench.editor.ui.tabs.accessibleTabName(CUSTOMS)
            page.focus_first()
            bench.key(Qt.Key.Key_Return)
            assert bench.focus_name() == "truck_number"

    run_qt(main())


def test_the_columns_of_the_history_fill_its_width(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            await read(bench)
            bench.editor.show_tab(HISTORY)
            bench.editor.show_tab(0)
            bench.editor.resize(1400, 800)
            bench.editor.show_tab(HISTORY)
            await bench.settled()
            view = bench.editor.aside.page("history").view
            time, words = view.columnWidth(0), view.columnWidth(1)
            assert time + words == view.viewport().width()
            assert abs(time - view.viewport().width() // 4) <= 8

    run_qt(main())


def test_in_a_wide_window_it_stands_beside_the_form(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            editor = bench.editor
            editor.show_tab(CUSTOMS)
            page = editor.aside.page("customs")
            editor.resize(1752, 900)
            await bench.settled()
            assert page.isVisible()
            assert editor.page.isVisible()
            assert not editor.ui.tabs.isTabVisible(CUSTOMS)
            form, side = editor.ui.pages, editor.ui.side
            assert form.geometry().right() < page.mapTo(editor, page.rect().topLeft()).x() < side.x()
            editor.show_tab(CUSTOMS)
            assert editor.page.isVisible()
            assert page.isAncestorOf(bench.focus)
            for _ in TABS:
                bench.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
            editor.resize(1198, 708)
            await bench.settled()
            assert editor.ui.tabs.isTabVisible(CUSTOMS)
            assert not page.isVisible()
            editor.show_tab(CUSTOMS)
            assert page.isVisible()
            assert not editor.page.isVisible()

    run_qt(main())


def test_the_history_lists_the_newest_first_and_is_spoken_whole(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            await read(bench)
            bench.box("trip_number_ace").setFocus()
            for _ in TABS:
                if bench.editor.ui.tabs.currentIndex() == HISTORY:
                    break
                bench.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
            page = bench.editor.aside.page("history")
            assert bench.focus is page.view
            index = page.model.index(0, 0)
            assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole).endswith("What happened: Saved")

    run_qt(main())


def test_models_of_lines_are_sound(run_qt, qtmodeltester):
    from desktop.ui.editors.lines_page import Line, LinesModel

    model = LinesModel(("a", "b"))
    model.show((Line(("1", "2")), Line(("3", "4"), "/x")))
    qtmodeltester.check(model)
