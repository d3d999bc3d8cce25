"""Backups: whole or not at all, examined, rotated, put back without losing what was there, and then held."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from desktop.clock import SystemClock
from desktop.domain.lifecycle import OutboxState, Outcome
from desktop.errors import DataFolderUnusable, DesktopError, UsageError
from desktop.services.backups import KEPT_DAYS, KEPT_WEEKS, Backups, restore
from desktop.store import DATABASE, open_store
from desktop.store.backup import examine
from desktop.store.holding import Why
from desktop.store.whereabouts import whereabouts


@pytest.fixture
def backups(world) -> Backups:
    return Backups(world.store, world.clock)


def trips_in(folder) -> int:
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        return int(db.execute("SELECT count(*) FROM trips").fetchone()[0])


def test_a_backup_holds_everything_and_is_for_the_user_alone(world, backups, run, tmp_path) -> None:
    async def main() -> None:
        await world.trip()
        made = await backups.make(tmp_path / "out" / "mine.db")
        assert (made.trips, made.kind, made.made_at) == (1, await world.store.kind(), world.clock.now())
        assert examine(made.path).size == made.size
        if os.name == "posix":
            assert made.path.stat().st_mode & 0o077 == 0
        assert not list(made.path.parent.glob("*.part"))

    run(main())


def test_a_day_has_one_backup_and_the_old_ones_thin_out(world, backups, run) -> None:
    async def main() -> None:
        assert await backups.make_if_due() is not None
        assert await backups.make_if_due() is None
        other = world.store.folder / "backups" / "before-version-9.db"
        shutil.copyfile((await backups.all())[0], other)
        os.utime(other, (1, 1))
        for _ in range(60):
            world.clock.advance(timedelta(days=1).total_seconds())
            assert await backups.make_if_due() is not None
        kept = await backups.all()
        assert other in kept, "what was kept for another reason stays"
        assert len(kept) == KEPT_DAYS + KEPT_WEEKS + 1
        ages = [(world.clock.now().timestamp() - path.stat().st_mtime) // 86400 for path in kept if path != other]
        assert ages[:KEPT_DAYS] == list(range(KEPT_DAYS))
        assert ages[-1] <= 7 * (KEPT_WEEKS + 2)

    run(main())


def test_what_a_killed_program_left_half_copied_goes_with_the_next_backup(world, backups, run) -> None:
    async def main() -> None:
        await backups.make()
        half = backups.folder / ".emanifest-20261121-120000.db.part"
        half.write_bytes(b"half")
        await backups.make()
        assert not half.exists()

    run(main())


def test_a_damaged_database_makes_no_backup_and_costs_none(world, backups, run) -> None:
    async def main() -> None:
        await world.trip()
        first = await backups.make()
        source = world.store.folder / DATABASE
        await world.store.close()
        data = bytearray(source.read_bytes())
        data[4096 * 3 : 4096 * 9] = random.Random(5).randbytes(4096 * 6)
        source.write_bytes(bytes(data))
        for _ in range(3):
            with pytest.raises(DesktopError):
                await backups.make()
        assert await backups.all() == [first.path]

    run(main())


@pytest.mark.parametrize("target", [DATABASE, "."])
def test_a_backup_never_takes_the_place_of_the_database(world, backups, run, target) -> None:
    with pytest.raises(UsageError) as told:
        run(backups.make(world.store.folder / target))
    assert told.value.code == "backup.bad_target"


def test_what_cannot_be_trusted_is_not_put_back(world, backups, run, tmp_path) -> None:
    async def main() -> None:
        await world.trip()
        good = (await backups.make(tmp_path / "good.db")).path
        folder = tmp_path / "other"
        foreign, newer, torn, text = (tmp_path / f"{name}.db" for name in ("foreign", "newer", "torn", "text"))
        with closing(sqlite3.connect(foreign)) as db:
            db.execute("CREATE TABLE trips (id)")
        shutil.copyfile(good, newer)
        with closing(sqlite3.connect(newer)) as db:
            db.execute("PRAGMA user_version = 9999")
        torn.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
        text.write_text("no database, but text that somebody chose by mistake\n" * 50, encoding="utf-8")
        expected = {foreign: "foreign", newer: "newer", torn: "damaged", text: "damaged", tmp_path / "gone": "not_read"}
        for path, code in expected.items():
            with pytest.raises(DesktopError) as told:
                restore(path, folder, SystemClock())
            assert told.value.code == f"backup.{code}"
        assert not (folder / DATABASE).exists()

    run(main())


@pytest.mark.parametrize("seed", range(40))
def test_a_backup_with_flipped_bits_is_refused_or_whole(world, backups, run, tmp_path, seed) -> None:
    """What passes the examination opens and has every trip; nothing in between."""

    async def main() -> None:
        for _ in range(3):
            await world.trip(tripNumber=f"SMPL{seed:03d}{_}")
        path = (await backups.make(tmp_path / "bits.db")).path
        chance = random.Random(seed)
        data = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data))
        folder = tmp_path / "back"
        try:
            found, _ = restore(path, folder, SystemClock())
        except DesktopError:
            assert not (folder / DATABASE).exists()
            return
        store = open_store(folder, kind=None, clock=SystemClock())
        try:
            assert len(await store.trips.latest()) == found.trips
            assert await store.problems() == []
        finally:
            await store.close()

    run(main())


def test_what_was_there_is_kept_and_nothing_goes_out_until_somebody_looked(world, backups, run, tmp_path) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert (await world.submit.send(trip.id)).outcome is Outcome.QUEUED
        path = (await backups.make(tmp_path / "waiting.db")).path
        folder = tmp_path / "elsewhere"
        restore(path, folder, world.clock)
        with closing(sqlite3.connect(folder / DATABASE)) as db:
            db.execute("DELETE FROM undo_steps")
        found, kept = restore(path, folder, world.clock)
        assert kept is not None
        assert examine(kept).trips == found.trips == 1
        store = open_store(folder, kind=None, clock=world.clock)
        try:
            held = await store.holding.arrive(whereabouts(folder))
            assert held is not None
            assert (held.why, held.as_of) == (Why.RESTORED, found.made_at)
            rows = await store.outbox.for_trip(trip.id)
            assert {row.state for row in rows} == {OutboxState.HELD}
            log = await store.delivery_log.of_trip(trip.id)
            assert [line.cause for line in log if line.to_state is OutboxState.HELD] == ["held"] * len(rows)
            await store.holding.release()
            assert await store.holding.arrive(whereabouts(folder)) is None
            assert {row.state for row in await store.outbox.for_trip(trip.id)} == {OutboxState.HELD}
        finally:
            await store.close()

    run(main())


def test_a_copied_folder_is_held_once(world, run, tmp_path) -> None:
    async def main() -> None:
        place = whereabouts(world.store.folder)
        assert await world.store.holding.arrive(place) is None
        assert await world.store.holding.arrive(place) is None
        held = await world.store.holding.arrive(whereabouts(tmp_path / "moved"))
        assert held is not None
        assert held.why is Why.COPIED
        trip = await world.trip()
        result = await world.submit.send(trip.id)
        assert result.outcome is Outcome.NOT_READY
        assert "BorderConnect" in result.errors[0][1]
        assert (await world.submit.preview(trip.id)).blocked == result.errors[0][1]
        await world.store.holding.release()
        assert (await world.submit.send(trip.id)).outcome is Outcome.QUEUED

    run(main())


def test_a_backup_copied_into_place_by_hand_is_held(world, backups, run, tmp_path) -> None:
    async def main() -> None:
        path = (await backups.make(tmp_path / "by-hand.db")).path
        await world.store.holding.arrive(whereabouts(world.store.folder))
        folder = tmp_path / "by-hand"
        folder.mkdir()
        shutil.copyfile(path, folder / DATABASE)
        store = open_store(folder, kind=None, clock=world.clock)
        try:
            held = await store.holding.arrive(whereabouts(folder))
            assert held is not None
            assert held.why is Why.RESTORED
            await store.holding.release()
            assert await store.holding.arrive(whereabouts(folder)) is None
        finally:
            await store.close()

    run(main())


def test_held_messages_go_once_they_are_sent_anew(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.store.holding.arrive("here")
        await world.store.holding.arrive("there")
        await world.store.holding.release()
        before = await world.store.outbox.for_trip(trip.id)
        assert {row.state for row in before} == {OutboxState.HELD}
        await world.submit.send(trip.id)
        after = await world.store.outbox.for_trip(trip.id)
        assert [row.id for row in after] == [row.id for row in before], "the same messages, not a second set"
        assert {row.state for row in after} == {OutboxState.READY}

    run(main())


def test_practice_and_real_data_do_not_mix(world, backups, run, tmp_path) -> None:
    async def main() -> None:
        path = (await backups.make(tmp_path / "practice.db")).path
        kind = await world.store.kind()
        folder = tmp_path / "real"
        folder.mkdir()
        shutil.copyfile(path, folder / DATABASE)
        with closing(sqlite3.connect(folder / DATABASE)) as db:
            db.execute("UPDATE meta SET value = ? WHERE key = 'kind'", ("real" if kind == "practice" else "practice",))
            db.commit()
        with pytest.raises(UsageError) as told:
            restore(path, folder, SystemClock())
        assert told.value.code == f"backup.is_{kind}"

    run(main())


def test_a_restore_that_fails_leaves_the_data_as_they_were(world, backups, run, tmp_path, monkeypatch) -> None:
    async def main() -> None:
        path = (await backups.make(tmp_path / "empty.db")).path
        await world.trip()
        folder = world.store.folder
        await world.store.close()
        before = (folder / DATABASE).read_bytes()
        monkeypatch.setattr("desktop.store.backup.sync_folder", _full)
        with pytest.raises(DataFolderUnusable):
            restore(path, folder, SystemClock())
        assert (folder / DATABASE).read_bytes() == before
        assert trips_in(folder) == 1

    run(main())


def _full(_folder) -> None:
    raise OSError(28, "No space left on device")
