"""Erasing a person: out of every store, byte by byte, and nothing else changes by it (reliability 6.14)."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.canary import found_in, places
from unit.services.world import ace_accepted, data_error, good_gateway, imported

from desktop.assembly.desk import DeskOptions, open_desk
from desktop.errors import DataFolderUnusable, NotFound, UsageError
from desktop.services.backups import Backups
from desktop.services.erasing import Erasing
from desktop.store import DATABASE
from desktop.store.records import UndoStep, UndoTail

FIRST, LAST, BORN = "Canarina", "Zeichenvögel", "1971-03-09"
FAST, LICENCE, MAIL = "42709876543210", "ZKAN-7788-99", "canarina@sample.example"
AS_WRITTEN = (FIRST, LAST, BORN, FAST, LICENCE, MAIL, "Zeichenvogel", "ZKAN778899", "KANAR-D7")
CANARIES = tuple(
    dict.fromkeys(
        form
        for word in AS_WRITTEN
        for case in (word, word.upper(), word.lower())
        for form in (case, json.dumps(case)[1:-1])
    )
)
"""As written, in capitals and small as an index has them, and with the escapes of JSON."""

PERSON = {
    "driverNumber": "KANAR-D7",
    "firstName": FIRST,
    "lastName": LAST,
    "dateOfBirth": BORN,
    "gender": "F",
    "citizenshipCountry": "CA",
    "fastCardNumber": FAST,
    "travelDocuments": [{"type": "5K", "number": LICENCE, "country": "CA", "stateProvince": "ON"}],
}
OTHER = {"firstName": "Sample", "lastName": "Driver Two", "dateOfBirth": "1980-01-02", "gender": "M"}
OTHER |= {"citizenshipCountry": "CA", "fastCardNumber": "42700000000001"}


@pytest.fixture
def backups(world) -> Backups:
    return Backups(world.store, world.clock)


@pytest.fixture
def erasing(world, backups) -> Erasing:
    return Erasing(world.store, world.editing, backups, world.library, world.changes)


async def canary_record(world, **more) -> str:
    return (await world.library.save("driver", {**PERSON, **more}, {"email": MAIL})).id


async def a_trip(world, place: int, *people) -> object:
    number = world.document()["tripNumber"]
    return await world.trip(tripNumber=f"{number[:-2]}{place:02d}", drivers=list(people))


async def sent(world, trip) -> None:
    """Send a trip; it must have got into the outbox."""
    done = await world.submit.send(trip.id)
    assert await world.rows(trip), done


async def a_day(world) -> str:
    """Trips with and without the canary, sent, refused, answered; messages that name them; return the record."""
    item = await canary_record(world)
    await world.library.save("driver", OTHER, {})
    world.socket.script = good_gateway
    for place, people in enumerate(([PERSON], [OTHER], [OTHER, {**PERSON, "lastName": "Zeichenvogel"}])):
        trip = await a_trip(world, place, *people)
        if place == 2:
            world.socket.script = lambda message: [data_error(message, f"Driver {LAST.upper()} is not valid")]
        await sent(world, trip)
        await world.deliver()
        answer = ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number})
        await world.hear({**answer, "note": f"{FIRST} {LAST}, born {BORN}, FAST {FAST}"})
    await world.hear(
        {"data": "SYSTEM_ALERT", "message": f"Papers of Zeichenvogel, {FIRST}: {LICENCE.replace('-', ' ')}"}
    )
    await world.hear(f"no JSON, {FIRST} {LAST} {FAST}".encode())
    draft = await a_trip(world, 50, PERSON, {"driverNumber": "KANAR-D7"})
    steps = [UndoStep("/drivers/0/lastName", "", LAST, world.clock.now())]
    await world.store.trips.save(
        draft.id, draft.document, {"note": f"call {FIRST} first"}, version=draft.version, eta_utc=None,
        undo=UndoTail(0, steps, 1),
    )  # fmt: skip
    await world.starting.keep_template(draft.id, "Sample run")
    return item


async def all_states(world) -> object:
    """What is known of everything, without what people are called."""
    from desktop.domain.lifecycle import Regime

    found = []
    for trip in await world.store.trips.latest(company=world.company.id, regime=Regime.ACE, limit=99):
        row = (await world.lookups.trip(trip.id)).row
        rows = await world.rows(trip)
        found.append(
            (replace(row, driver="", readiness=None, errors=0, warnings=0), trip.version,
             (await world.border.of_trip(trip)).customs,
             [(one.id, one.state, one.sha256, one.attempts) for one in rows])
        )  # fmt: skip
    with closing(sqlite3.connect(world.store.folder / DATABASE)) as db:
        log = db.execute("SELECT * FROM delivery_log ORDER BY id").fetchall()
        inbox = db.execute(
            "SELECT id, frame, kind, category, trip, digest, repeats, sign FROM inbox ORDER BY id"
        ).fetchall()
        used = db.execute("SELECT * FROM numbers_used").fetchall()
        sums = db.execute("SELECT id, sha256, size FROM frames").fetchall()
    return found, log, inbox, used, sums


def left(world) -> list[str]:
    return [
        f"{canary} as {form} in {name}"
        for name, data in places(world.store.folder)
        for canary in CANARIES
        for form in found_in(canary, data)
    ]


def test_no_byte_of_the_person_is_left_in_the_data_folder(world, erasing, backups, run) -> None:
    async def main() -> None:
        item = await a_day(world)
        await backups.make()
        folder = world.store.folder / "mail" / "one"
        folder.mkdir(parents=True)
        (folder / "letter.eml").write_text(f"{FIRST} {LAST}", encoding="utf-8")
        assert len({line.split(" as ")[0] for line in left(world)}) >= 7, "the search finds what is there"
        before = await all_states(world)
        seen = await erasing.preview(item)
        assert (seen.trips, seen.templates, seen.backups, seen.can_go) == (3, 1, 1, True)
        assert seen.messages >= 4
        world.clock.advance(timedelta(hours=1).total_seconds())
        done = await erasing.erase(item, with_backups=True)
        assert (done.is_finished, done.backups_kept) == (True, 0)
        assert left(world) == []
        assert await all_states(world) == before
        world.clock.advance(timedelta(days=2).total_seconds())
        assert await backups.make_if_due() is not None
        assert left(world) == [], "a backup made since has nothing of the person"
        with pytest.raises(NotFound):
            await world.library.item(item)
        others = [row.title for row in await world.library.items("driver")]
        assert others == ["Sample Driver Two"]
        assert OTHER["lastName"] in json.dumps([trip.document for trip in await trips(world)])
        with closing(sqlite3.connect(world.store.folder / DATABASE)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            db.execute("INSERT INTO inbox_search (inbox_search, rank) VALUES ('integrity-check', 1)")

    run(main())


async def trips(world):
    from desktop.domain.lifecycle import Regime

    return await world.store.trips.latest(company=world.company.id, regime=Regime.ACE, limit=99)


def test_backups_stay_where_the_user_wants_them_and_are_counted(world, erasing, backups, run) -> None:
    async def main() -> None:
        item = await canary_record(world)
        made = await backups.make()
        done = await erasing.erase(item, with_backups=False)
        assert (done.is_finished, done.backups_kept) == (True, 1)
        assert made.path.exists()
        assert {line.rpartition("/")[2] for line in left(world)} == {made.path.name}

    run(main())


def test_an_attempt_that_is_not_settled_stands_in_the_way(world, erasing, run) -> None:
    async def main() -> None:
        item = await canary_record(world)
        trip = await a_trip(world, 7, PERSON)
        await sent(world, trip)
        seen = await erasing.preview(item)
        assert (seen.not_settled, seen.can_go) == ((trip.number,), False)
        with pytest.raises(UsageError):
            await erasing.erase(item, with_backups=True)
        payload = await world.store.outbox.payload((await world.rows(trip))[0].id)
        assert FIRST.encode() in payload, "frozen bytes stay as they are"
        assert (await world.library.item(item)).title == f"{FIRST} {LAST}"

    run(main())


def test_a_trip_that_is_open_stands_in_the_way(world, erasing, run) -> None:
    async def main() -> None:
        item = await canary_record(world)
        trip = await a_trip(world, 8, PERSON)
        await world.editing.open(trip.id)
        assert (await erasing.preview(item)).open == (trip.number,)
        await world.editing.release(trip.id)
        assert (await erasing.preview(item)).can_go

    run(main())


def test_somebody_of_the_same_name_and_another_birth_date_stays(world, erasing, run) -> None:
    async def main() -> None:
        item = await canary_record(world)
        same = {"firstName": FIRST, "lastName": LAST, "dateOfBirth": "1990-12-12"}
        await a_trip(world, 9, same)
        assert (await erasing.preview(item)).trips == 0

    run(main())


def test_a_stop_in_the_middle_is_made_good_by_the_next_start(
    world, erasing, backups, run, monkeypatch, expected_logs
) -> None:
    expected_logs("an erasure is not finished: DataFolderUnusable")

    async def main() -> None:
        item = await a_day(world)
        await backups.make()
        world.clock.advance(90)

        async def full() -> bool:
            raise DataFolderUnusable("store.read_only", path="x")

        with monkeypatch.context() as patched:
            patched.setattr(world.store.erasing, "rewrite", full)
            assert not (await erasing.erase(item, with_backups=True)).is_finished
        assert left(world), "the backup still has everything"
        again = Erasing(world.store, world.editing, backups, world.library, world.changes)
        assert await again.finish()
        assert left(world) == []
        assert await world.store.erasing.unfinished() == []

    run(main())


def test_the_next_start_of_the_program_finishes_it(world, erasing, backups, run, monkeypatch, expected_logs) -> None:
    expected_logs("an erasure is not finished: DataFolderUnusable")

    async def full() -> bool:
        raise DataFolderUnusable("store.read_only", path="x")

    async def main() -> None:
        item = await a_day(world)
        await backups.make()
        monkeypatch.setattr(world.store.erasing, "rewrite", full)
        assert not (await erasing.erase(item, with_backups=True)).is_finished
        await world.store.close()
        desk = await open_desk(DeskOptions(world.store.folder))
        try:
            assert left(world) == []
            assert await desk.store.erasing.unfinished() == []
        finally:
            await desk.close()

    run(main())


def test_an_erasure_that_fails_changes_nothing(world, erasing, run, monkeypatch) -> None:
    async def main() -> None:
        item = await a_day(world)

        def broken(*_: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        with closing(sqlite3.connect(world.store.folder / DATABASE)) as db:
            before = list(db.iterdump())
        with monkeypatch.context() as patched:
            patched.setattr("desktop.store.erasing._Eraser._goods", broken)
            with pytest.raises(sqlite3.OperationalError):
                await erasing.erase(item, with_backups=True)
        with closing(sqlite3.connect(world.store.folder / DATABASE)) as db:
            assert list(db.iterdump()) == before
        assert (await erasing.erase(item, with_backups=True)).is_finished

    run(main())


def test_the_record_of_erasing_names_nobody(world, erasing, run) -> None:
    async def main() -> None:
        await erasing.erase(await a_day(world), with_backups=True)
        with closing(sqlite3.connect(world.store.folder / DATABASE)) as db:
            (row,) = db.execute("SELECT rows, finished_at FROM erasures").fetchall()
            marked = db.execute("SELECT count(*) FROM frames WHERE erased_at IS NOT NULL").fetchone()[0]
        counts = json.loads(row[0])
        assert counts["library"] == 1
        assert counts["frames"] == marked
        assert row[1] is not None

    run(main())


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_is_derived_changes(world, erasing, run, seed) -> None:
    """Random trips, answers and messages: where everything stands is the same before and after."""
    dice = random.Random(seed)

    async def main() -> None:
        item = await canary_record(world)
        for place in range(5):
            people = [one for one in (PERSON, OTHER) if dice.random() < 0.7] or [OTHER]
            trip = await a_trip(world, place, *people)
            scripts = (good_gateway, lambda m: [imported(m)], lambda m: [data_error(m, f"bad {LAST}")])
            world.socket.script = dice.choice(scripts)
            await sent(world, trip)
            await world.deliver()
            accepted = ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number})
            accepted["processingResponse"]["shipmentsRejected"] = dice.randrange(3)
            for _ in range(dice.randrange(3)):
                await world.hear({**accepted, "note": f"{FIRST} {LAST} {dice.randrange(2)}"})
        seen = await erasing.preview(item)
        before = await all_states(world)
        if seen.can_go:
            await erasing.erase(item, with_backups=True)
            assert left(world) == []
        assert await all_states(world) == before

    run(main())
