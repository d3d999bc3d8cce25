"""The program is killed, the computer sleeps, the user works offline: afterwards the gap is known, and whom it concerns."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected, state
from fakes.process import Commands, Practice, until

from desktop.assembly import open_reading
from desktop.clock import SystemClock
from desktop.crossing.gap import Gap
from desktop.domain.lifecycle import LinkState, Regime
from desktop.services.listening import BEAT_S, Listening
from desktop.store import open_store

__all__ = ["fast"]


def test_killed_while_connected_the_next_start_knows_the_gap(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    emanifest.add_company(far)
    began = datetime.now(UTC)
    first = emanifest.begin("inbox", "--follow")
    ups = "SELECT count(*) FROM link_log WHERE what = 'up'"

    def count() -> int:
        import sqlite3

        with sqlite3.connect(emanifest.folder / "emanifest.db") as database:
            return int(database.execute(ups).fetchone()[0])

    until(lambda: count() == 1, "the connection")
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed = datetime.now(UTC)
    store = open_store(emanifest.folder, kind=None, clock=SystemClock(), read_only=True)
    try:
        later = killed + timedelta(hours=7)

        class Later(SystemClock):
            def now(self) -> datetime:
                return later

        (company,) = asyncio.run(store.companies.all())
        listening = Listening(store, Later())
        assert not asyncio.run(listening.is_listening(company.id))
        (gap,) = asyncio.run(listening.gaps(company.id, killed))
        assert gap == Gap(killed, None)
        (gap,) = asyncio.run(listening.gaps(company.id, began))
        assert gap.until is None
        assert timedelta() <= killed - gap.since <= timedelta(seconds=61)
    finally:
        store.close_now()
    second = emanifest.begin("inbox", "--follow")
    until(lambda: count() == 2, "the second connection")
    second.send_signal(signal.SIGINT)
    second.wait()
    reading = open_reading(emanifest.folder, is_practice=False)
    try:
        lines = asyncio.run(reading.store.link_log.newest())
        turns = [line.what for line in lines if line.what in {"up", "down", "lost"}]
        assert turns == ["down", "up", "lost", "up"]
    finally:
        asyncio.run(reading.close())


@pytest.mark.usefixtures("fast")
def test_after_a_kill_the_trips_with_customs_are_named(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path / "first", far)
            await office.open()
            await connected(office)
            trip = await office.trip(Regime.ACE)
            await office.send(trip)
            await office.settle()
            draft = await office.trip(Regime.ACE, number="AAAA990001A")
            left = far.clock.now()
            after = await office.left_by_a_kill(tmp_path / "second")
            far.clock.advance(7 * 3600)
            await after.open()
            await connected(after)
            (company,) = await after.desk.store.companies.all()
            await after.until(lambda: after.desk.listening.is_listening(company.id))
            await after.desk.watching.look()
            missed = await after.desk.watching.missed()
            assert missed is not None
            assert [one.trip_id for one in missed.trips] == [trip]
            assert draft not in [one.trip_id for one in missed.trips]
            assert timedelta() <= left - missed.since <= timedelta(seconds=61)
            assert missed.until >= left + timedelta(hours=7)
            await after.close()

    run(main())


@pytest.mark.usefixtures("fast")
def test_a_computer_that_slept_did_not_listen(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            trip = await office.trip(Regime.ACE)
            await office.send(trip)
            await office.settle()
            slept = far.clock.now()
            far.clock.advance(8 * 3600)
            assert await office.desk.listening.beat()
            await office.desk.watching.look()
            missed = await office.desk.watching.missed()
            assert missed is not None
            assert missed.since <= slept
            assert slept - missed.since <= timedelta(seconds=BEAT_S)
            assert [one.trip_id for one in missed.trips] == [trip]
            await office.close()

    run(main())


@pytest.mark.usefixtures("fast")
def test_working_offline_closes_the_line_keeps_what_is_sent_and_ends_with_the_program(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            desk = await office.open()
            await connected(office)
            (company,) = await desk.store.companies.all()
            await desk.link.go_offline()
            left = far.clock.now()
            assert desk.link.is_offline
            assert (desk.link.status.state, desk.link.status.detail) == (LinkState.OFF, "working_offline")
            assert not await desk.listening.is_listening(company.id)
            taken = len(far.taken)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            far.clock.advance(600)
            await office.settle()
            assert len(far.taken) == taken
            assert await office.states(trip) == ["READY", "READY"]
            assert desk.link.status.waiting == 1
            await desk.link.restart(company.id)  # a key that was changed does not connect by itself
            assert state(office) is LinkState.OFF
            await desk.link.go_online()
            await connected(office)
            await office.until_states(trip, "ACKED", "ACKED")
            back = far.clock.now()
            (gap,) = await desk.listening.gaps(company.id, left)
            assert gap.since == left
            assert gap.until is not None
            assert gap.until <= back
            await desk.link.go_offline()
            await office.close()
            again = Office(tmp_path, far)
            await again.open()
            await connected(again)  # a start always listens
            await again.close()

    run(main())


@pytest.mark.usefixtures("fast")
def test_a_line_is_silent_only_while_an_answer_is_owed(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            desk = await office.open()
            await connected(office)
            (company,) = await desk.store.companies.all()
            far.clock.advance(3600)
            assert state(office) is LinkState.CONNECTED  # nothing is owed: silence says nothing
            desk.link.expect({company.id: far.clock.now()})
            far.clock.advance(299)
            assert state(office) is LinkState.CONNECTED
            far.clock.advance(1)
            assert state(office) is LinkState.SILENT
            assert desk.link.status_of(company.id).state is LinkState.CONNECTED
            desk.link.expect({})
            assert state(office) is LinkState.CONNECTED
            await office.close()

    run(main())
