"""A go on the board is as old as its minute at most: what took it away by time alone is read again."""

import pytest
from fakes.window import until
from gui.board.test_board import stored, window

from desktop.domain.lifecycle import Verdict
from desktop.services.views import ReadinessView, Reason, Subject
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GO = ReadinessView(Verdict.GO, None, (Reason("go", "On file, no holds known."),))
HELD = ReadinessView(Verdict.UNKNOWN, None, (Reason("held_data", "These data came from a backup.", must_act=True),))
SILENT = ReadinessView(Verdict.UNKNOWN, None, (Reason("not_listening", "Nobody listens.", must_act=True),))


@pytest.mark.parametrize(("before", "after"), [(GO, SILENT), (HELD, GO)], ids=["go", "held"])
def test_what_time_or_a_look_alone_changes_is_read_again_each_minute(run_qt, before, after):
    async def main():
        async with window() as it:
            board = it.shell.board
            trip = stored(it, "AAAA123457A")
            trip.readiness = before
            it.desk.say(Subject.TRIP, trip.id)
            await until(lambda: board.model.row(trip.id).trip.readiness == before)
            trip.readiness = after  # nobody announces it
            board.tick()
            await until(lambda: board.model.row(trip.id).trip.readiness == after)

    run_qt(main())


@pytest.mark.parametrize("is_seen", [True, False], ids=["seen", "looked_at_later"])
def test_a_go_in_the_list_of_trips_is_no_older(run_qt, is_seen):
    async def main():
        async with window(state={"window.place": "trips"}) as it:
            page = it.shell.trips
            trip = stored(it, "AAAA123457A")

            def shown():
                return next(row for row in page._rows if row.id == trip.id).readiness

            trip.readiness = GO
            it.desk.say(Subject.TRIP, trip.id)
            await until(lambda: shown() == GO)
            if not is_seen:
                it.window.go_to(Place.CROSSINGS)
            trip.readiness = SILENT
            page.tick()
            it.window.go_to(Place.TRIPS)
            await until(lambda: shown() == SILENT)

    run_qt(main())
