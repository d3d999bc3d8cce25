"""The board by keyboard, mouse and ear: groups, order, what time changes, what several trips are done to."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import NOW, FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.services.board_row import Group
from desktop.services.views import ReadinessView, Reason, Subject
from desktop.ui.board.filters import Day
from desktop.ui.models.role import Role
from desktop.ui.place import Place
from desktop.ui.trips.model import Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def window(desk=None, **more):
    state = {"window.place": "crossings", **more.pop("state", {})}
    return opened(desk, state=state, **more)


def numbers(board, group=None):
    return [row.trip.number for row in board.model.rows() if group in {None, row.group}]


def stored(it, number):
    return next(trip for trip in it.desk.stored if trip.document["tripNumber"] == number)


def stop(it, number, *, why="hold", text="CBP placed a hold."):
    trip = stored(it, number)
    trip.readiness = ReadinessView(Verdict.STOP, None, (Reason(why, text, must_act=True),))
    trip.holds = 1
    it.desk.say(Subject.TRIP, trip.id)
    return trip


def still(board):
    """The mouse and the keys have rested long enough."""
    board._quiet.stop()


def test_the_window_opens_with_the_crossings_what_needs_a_person_first(run_qt):
    async def main():
        async with opened(state={"window.place": ""}) as it:
            assert it.window.place is Place.CROSSINGS
            board = it.shell.board
            assert it.window.stack.currentWidget() is board
            assert board.view.hasFocus()
            assert numbers(board, Group.NEEDS_YOU) == ["AAAA123458A", "1234T11240071", "1234T11240068", "AAAA123461A"]
            assert numbers(board, Group.UNDER_WAY)[1:3] == ["AAAA123457A", "AAAA123460A"]
            assert [board.model.count(group) for group in Group] == [4, 5, 4]
            assert board.view.current_id() == stored(it, "AAAA123458A").id

    run_qt(main())


def test_rail_and_tray_count_those_that_need_a_person_whatever_is_filtered(run_qt):
    async def main():
        async with window() as it:
            count = it.window.rail.rail_model.index(0).data(Role.WORDS)
            assert (count.number, count.tone, count.words) == (4, "stop", "4 need you")
            spoken = it.window.rail.rail_model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert spoken == "Crossings, 4 need you"
            it.shell.board.filter_by(Regime.ACI)
            assert it.window.rail.rail_model.index(0).data(Role.WORDS).number == 4
            gone = stored(it, "AAAA123458A")
            await it.desk.editing.delete(gone.id)
            await until(lambda: it.window.rail.rail_model.index(0).data(Role.WORDS).number == 3)
            assert it.shell._stopped == 3

    run_qt(main())


def test_a_row_and_a_group_are_one_sentence_each(run_qt):
    async def main():
        async with window() as it:
            model = it.shell.board.model
            group = model.index(0, 0)
            assert group.data(Qt.ItemDataRole.AccessibleTextRole) == "Needs you, 4 trips"
            said = model.index(2, 0, group).data(Qt.ItemDataRole.AccessibleTextRole)
            for part in ("Wait", "Trip 1234T11240068 to Canada", "Windsor", "14:10 EST"):
                assert part in said

    run_qt(main())


def test_left_and_right_fold_groups_and_the_next_window_keeps_that(run_qt):
    async def main():
        async with window() as it:
            view = it.shell.board.view
            it.press(Qt.Key.Key_Left)
            assert not view.current_id()
            it.press(Qt.Key.Key_Left)
            assert view.folded_groups() == [Group.NEEDS_YOU]
            it.press(Qt.Key.Key_Right)
            assert view.folded_groups() == []
            it.press(Qt.Key.Key_Right)
            assert view.current_id() == stored(it, "AAAA123458A").id
            it.press(Qt.Key.Key_Left)
            it.press(Qt.Key.Key_Return)
            assert view.folded_groups() == [Group.NEEDS_YOU]
            kept = dict(it.shell.state._values)
        async with opened(state=kept) as it:
            assert it.shell.board.view.folded_groups() == [Group.NEEDS_YOU]
            first = it.shell.board.view.visualRect(it.shell.board.model.index(0, 0))
            where = first.center()
            QTest.mouseClick(it.shell.board.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
            assert it.shell.board.view.folded_groups() == []

    run_qt(main())


def test_a_hold_is_shown_at_once_but_the_row_moves_only_after_rest(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            assert board.view.select(stored(it, "AAAA123457A").id)
            it.press(Qt.Key.Key_Down)
            current = board.view.current_id()
            before = numbers(board)
            held = stop(it, "AAAA123457A")
            where = board.model.where(held.id)
            await until(lambda: "Stop" in board.model.index(where.row(), 0, where.parent()).data())
            assert numbers(board) == before
            still(board)
            board.arrange()
            assert numbers(board, Group.NEEDS_YOU)[0] == "AAAA123457A"
            assert board.view.current_id() == current
            assert board.view.selected_ids() == [current]

    run_qt(main())


def test_without_hands_on_it_the_board_arranges_itself(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            still(board)
            stop(it, "AAAA123457A")
            await until(lambda: numbers(board)[0] == "AAAA123457A")

    run_qt(main())


def test_the_mouse_over_the_board_counts_as_a_hand(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            still(board)
            viewport = board.view.viewport()
            where = QPointF(200, 200)
            QApplication.sendEvent(
                viewport,
                QMouseEvent(
                    QMouseEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton,
                    Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                ),
            )  # fmt: skip
            assert board._quiet.isActive()
            assert board._quiet.interval() == 2_000
            before = numbers(board)
            stop(it, "AAAA123457A")
            await it.settle(30)
            assert numbers(board) == before

    run_qt(main())


def test_scroll_selection_and_place_stay_when_rows_come_and_go_above(run_qt):
    async def main():
        async with window(size=(1366, 420)) as it:
            board = it.shell.board
            still(board)
            last = stored(it, "AAAA123463A")
            board.select(last.id)
            await it.settle()
            top = board.view.visualRect(board.model.where(last.id)).top()
            assert board.view.verticalScrollBar().value() > 0
            await it.desk.editing.delete(stored(it, "AAAA123457A").id)
            await until(lambda: "AAAA123457A" not in numbers(board))
            assert board.view.current_id() == last.id
            assert board.view.visualRect(board.model.where(last.id)).top() == top

    run_qt(main())


def test_time_alone_changes_what_is_said_when_its_moment_comes(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            trip = stored(it, "AAAA123457A")
            due = board.keeping.row(trip.id).changes_at
            assert due == NOW + timedelta(minutes=24, seconds=58)  # its arrival; the hour ends two minutes later
            assert board.keeping._due.isActive()
            assert 1_000 <= board.keeping._due.interval() <= 3_600_000
            it.desk.calls.clear()
            board.tick()
            await it.settle()
            assert not any(call[0] == "board_some" for call in it.desk.calls)
            it.desk.clock.advance(28 * 60)
            trip.readiness = ReadinessView(Verdict.GO, None, ())
            board.tick()
            await until(lambda: "Go" in board.model.where(trip.id).data())
            assert any(call[0] == "board_some" and trip.id in call[1] for call in it.desk.calls)

    run_qt(main())


def test_another_day_reads_everything_again(run_qt):
    async def main():
        async with window() as it:
            it.desk.calls.clear()
            it.desk.clock.advance(12 * 3600)
            it.shell.board.tick()
            await until(lambda: ("board",) in it.desk.calls)
            await until(lambda: "AAAA123463A" not in numbers(it.shell.board))

    run_qt(main())


def test_older_trips_that_need_a_person_come_onto_the_board_after_the_first_paint(run_qt):
    async def main():
        desk = FakeDesk()
        desk.board.old = [desk.stored[0].id]
        async with window(desk) as it:
            await until(lambda: numbers(it.shell.board)[0] == "AAAA123458A")
            assert desk.board.old == []

    run_qt(main())


def test_keys_act_on_the_current_trip_only_with_the_focus_in_the_list(run_qt):
    async def main():
        async with window() as it:
            board, done = it.shell.board, []
            trip = stored(it, "AAAA123458A").id
            for name in ("open", "copy", "mirror", "repeat", "print", "send", "template", "delete"):
                signal = getattr(board, f"{name}_asked")
                signal.disconnect()
                signal.connect(lambda trip_id, name=name: done.append((name, trip_id)))
            for key in (Qt.Key.Key_Return, Qt.Key.Key_C, Qt.Key.Key_M, Qt.Key.Key_R, Qt.Key.Key_P, Qt.Key.Key_S):
                it.press(key)
            assert done == [(name, trip) for name in ("open", "copy", "mirror", "repeat", "print", "send")]
            it.press(Qt.Key.Key_F, CTRL)
            assert board.search.hasFocus()
            it.type("cmrps")
            assert len(done) == 6
            it.press(Qt.Key.Key_P, CTRL)
            assert done[-1] == ("print", trip)

    run_qt(main())


def test_several_trips_are_late_or_looked_at_together(run_qt):
    async def main():
        async with window() as it:
            board, asked = it.shell.board, []
            board.several_asked.disconnect()
            board.several_asked.connect(lambda name, ids: asked.append((name, ids)))
            it.press(Qt.Key.Key_Down, SHIFT)
            ids = [stored(it, number).id for number in ("AAAA123458A", "1234T11240071")]
            assert board.selected_ids() == ids
            it.press(Qt.Key.Key_L)
            it.press(Qt.Key.Key_K)
            assert asked == [("late", ids), ("looked", ids)]
            it.press(Qt.Key.Key_A, CTRL)
            assert len(board.selected_ids()) == 13
            board.view.customContextMenuRequested.emit(QPoint(40, 60))
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            words = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
            assert words == ["90 minutes late…", "I looked: nothing new"]
            menu.close()

    run_qt(main())


def test_directions_count_and_filter_and_what_is_not_found_is_repeated(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            assert [button.text() for button in board.directions.buttons.values()] == [
                "All  13", "To USA  8", "To Canada  5",
            ]  # fmt: skip
            board.directions.buttons[Regime.ACI].click()
            assert len(numbers(board)) == 5
            board.filter_by(None)
            board.search.setText("zzz")
            await until(lambda: not numbers(board))
            assert board.empty.isVisible()
            assert "zzz" in board.empty._words.text()
            board.empty.button.click()
            await until(lambda: len(numbers(board)) == 13)
            board.search.setText("Sarnia")
            await until(lambda: len(numbers(board)) == 3)

    run_qt(main())


def test_a_day_leaves_out_the_other_days(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            tomorrow = next(one for one in board.filter.choices.actions() if one.text() == "Arriving tomorrow")
            tomorrow.trigger()
            assert numbers(board) == ["AAAA123464A"]
            assert board.filter.accessibleName() == "Filter: Arriving tomorrow"
            board.filter.choose(Day.TODAY)
            assert len(numbers(board)) == 11
            board.filter_by(Regime.ACI)
            board.filter.choose(Day.TOMORROW)
            assert board.empty.isVisible()
            board.empty.button.click()
            assert len(numbers(board)) == 13

    run_qt(main())


def test_an_empty_board_offers_a_trip(run_qt):
    async def main():
        async with window(FakeDesk(is_empty=True)) as it:
            board = it.shell.board
            assert board.empty.isVisible()
            assert board.empty._words.text().startswith("No crossings today. New trip (Ctrl+N)")
            assert board.empty.button.hasFocus()
            it.press(Qt.Key.Key_N, CTRL)
            await until(board.new_menu.isVisible)
            board.new_menu.close()

    run_qt(main())


def test_narrow_windows_drop_columns_in_order(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board

            def shown():
                return [column.name for column in Column if not board.view.header().isSectionHidden(column)]

            assert shown() == [column.name for column in Column]
            for width, dropped in ((1_050, ["CLEARED"]), (780, ["PORT", "DRIVER", "CLEARED", "CUSTOMS"])):
                it.window.resize(width, 700)
                await it.settle()
                assert shown() == [column.name for column in Column if column.name not in dropped]
            it.window.resize(960, 700)
            await it.settle()
            assert Column.DRIVER in board.view.one_line

    run_qt(main())


def test_a_trip_that_went_out_leaves_the_drafts(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            still(board)
            trip = stored(it, "1234T11240074")
            trip.delivery, trip.customs = Delivery.DELIVERED, Customs.ON_FILE
            it.desk.say(Subject.TRIP, trip.id)
            await until(lambda: "1234T11240074" in numbers(board, Group.UNDER_WAY))
            assert board.model.where(trip.id).data(Role.IS_FRESH)
            await asyncio.sleep(0)
            board.model.mark_fresh(frozenset())
            assert not board.model.where(trip.id).data(Role.IS_FRESH)

    run_qt(main())


def test_what_is_known_changes_nothing_that_stands_as_it_is(run_qt):
    async def main():
        async with window() as it:
            board, moved = it.shell.board, []
            board.model.layoutChanged.connect(lambda *_: moved.append(1))
            board.model.rowsInserted.connect(lambda *_: moved.append(2))
            board.keeping.reload.ask()
            await it.settle(20)
            assert moved == []
            row = board.model.rows()[0]
            board.model.refresh([replace(row, is_late=True)])
            assert board.model.rows()[0].is_late

    run_qt(main())
