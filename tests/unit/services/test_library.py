"""The library: kept as typed, private things out of lists, the right shape for each regime."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError, NotFound, UsageError
from desktop.services.changes import Changes
from desktop.services.library import KINDS, Library, is_used, wire_object, words_of
from desktop.services.views import Subject
from desktop.store import open_store

ROOT = Path(__file__).resolve().parents[3]

PLATE = {"number": "SMPT101", "stateProvince": "ON"}


def test_an_item_is_kept_found_changed_and_put_aside(world, run) -> None:
    async def main() -> None:
        announced = []
        world.changes.subscribe(announced.append)
        document = {"number": "T101", "type": "TR", "licensePlates": [PLATE]}
        row = await world.library.save("truck", document, {}, initiator="me")
        assert (row.title, row.subtitle, row.key, row.document, row.is_active) == ("T101", "TR", "T101", document, True)
        assert [(one.subject, one.ids, one.initiator) for one in announced] == [
            (Subject.LIBRARY, frozenset({row.id}), "me")
        ]
        changed = await world.library.save(
            "truck", {**document, "number": "T102"}, {}, item_id=row.id, version=row.version
        )
        assert (changed.id, changed.title) == (row.id, "T102")
        with pytest.raises(DesktopError):
            await world.library.save("truck", document, {}, item_id=row.id, version=row.version)
        await world.library.set_active(row.id, False)
        assert await world.library.items("truck") == []
        assert [one.id for one in await world.library.items("truck", active_only=False)] == [row.id]
        assert (await world.library.item(row.id)).is_active is False
        with pytest.raises(NotFound):
            await world.library.item("nothing")

    run(main())


def test_half_filled_items_are_kept_as_they_are(world, run) -> None:
    for kind in KINDS:
        row = run(world.library.save(kind, {}, {"roles": ["shipper"]}))
        assert (row.document, row.local, row.title) == ({}, {"roles": ["shipper"]}, "")


def test_a_change_in_the_library_changes_no_trip(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        row = await world.library.save("driver", trip.document["drivers"][0], {})
        await world.library.save("driver", {"firstName": "Other"}, {}, item_id=row.id, version=row.version)
        assert (await world.store.trips.get(trip.id)).document == trip.document

    run(main())


@pytest.mark.parametrize("kind", ["truck", "trailer"])
def test_units_take_the_shape_of_the_regime(kind) -> None:
    unit = {"number": "T1", "licensePlates": [PLATE, {"number": "SECOND"}], "type": "TR"}
    assert wire_object(kind, unit, Regime.ACE) == unit
    assert wire_object(kind, unit, Regime.ACE) is not unit
    assert wire_object(kind, unit, Regime.ACI) == {"number": "T1", "type": "TR", "licensePlate": PLATE}
    assert wire_object(kind, {"number": "T1", "licensePlates": []}, Regime.ACI) == {"number": "T1"}
    assert wire_object(kind, {"licensePlate": PLATE, "licensePlates": [{}]}, Regime.ACI) == {"licensePlate": PLATE}


@pytest.mark.parametrize("kind", ["driver", "partner"])
def test_people_and_partners_are_the_same_for_both(kind) -> None:
    document = {"firstName": "Sample", "licensePlates": [PLATE]}
    assert wire_object(kind, document, Regime.ACI) == document


def test_lists_say_nothing_private() -> None:
    driver = {
        "driverNumber": "D1",
        "firstName": "Sample",
        "lastName": "Driver One",
        "dateOfBirth": "1911-11-11",
        "fastCardNumber": "42799999999999",
        "travelDocuments": [{"number": "CANARY"}],
    }
    assert words_of("driver", driver) == ("D1", "Sample Driver One", "D1")
    assert words_of("truck", {"number": "T1", "type": "TR", "licensePlates": [PLATE], "vinNumber": "V"}) == (
        "T1",
        "T1",
        "TR",
    )
    assert words_of("partner", {"name": "Sample Ltd.", "address": {"city": "Windsor", "stateProvince": "ON"}}) == (
        "Sample Ltd.",
        "Sample Ltd.",
        "Windsor ON",
    )
    assert words_of("partner", {"name": 5, "address": "nowhere"}) == ("", "", "")


async def _driver(world, **changes):
    document = {"driverNumber": "D7", "firstName": "Sample", "lastName": "Driver Seven", **changes}
    return await world.library.save("driver", document, {}, company=world.company.id)


def test_what_no_trip_used_is_taken_out_and_brought_back_as_it_was(world, run) -> None:
    async def main() -> None:
        row = await _driver(world)
        assert await world.library.uses(row.id) == ()
        await world.library.remove(row.id)
        with pytest.raises(NotFound):
            await world.library.item(row.id)
        await world.library.restore(row.id)
        await world.library.restore(row.id)
        back = await world.library.item(row.id)
        assert (back.document, back.local, back.key, back.company) == (row.document, row.local, row.key, row.company)
        assert [one.id for one in await world.library.items("driver", search="seven")] == [row.id]

    run(main())


def test_what_a_trip_used_is_put_aside_only(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        document = trip.document
        used = {
            "driver": document["drivers"][0],
            "truck": document["truck"],
            "trailer": document["trailers"][0],
            "partner": document["shipments"][0]["consignee"],
        }
        for kind, record in used.items():
            row = await world.library.save(kind, record, {})
            uses = await world.library.uses(row.id)
            assert [(use.trip, use.number, use.arrival) for use in uses] == [(trip.id, trip.number, trip.eta_local)]
            with pytest.raises(UsageError):
                await world.library.remove(row.id)
            assert (await world.library.item(row.id)).document == record

    run(main())


def test_what_was_sent_counts_also_after_the_trip_was_changed(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        row = await world.library.save("truck", trip.document["truck"], {})
        await world.store.trips.freeze_version(trip.id)
        changed = {**trip.document, "truck": {"number": "OTHER"}}
        await world.store.trips.save(trip.id, changed, {}, version=trip.version)
        assert [use.trip for use in await world.library.uses(row.id)] == [trip.id]

    run(main())


def test_a_driver_with_numbers_of_his_own_is_put_aside_only(world, run) -> None:
    async def main() -> None:
        row = await _driver(world)
        values = ("R1", world.company.id, row.id)
        await world.store._writer.write(
            lambda db: db.execute(
                "INSERT INTO number_ranges VALUES (?, 1, ?, 'ACE', 'trip', ?, '', '', 4, 1, 9, 1, 1, 'x', 'x')", values
            )
        )
        with pytest.raises(UsageError):
            await world.library.remove(row.id)
        assert (await world.library.item(row.id)).id == row.id

    run(main())


def test_the_same_number_or_name_is_found_in_any_case_and_with_accents(world, run) -> None:
    async def main() -> None:
        row = await _driver(world, lastName="Bélanger")
        same = world.library.same
        assert [one.id for one in await same("driver", {"driverNumber": "d7"})] == [row.id]
        assert [one.id for one in await same("driver", {"firstName": "SAMPLE", "lastName": "Belanger"})] == [row.id]
        assert await same("driver", {"driverNumber": "D7"}, but=row.id) == []
        assert await same("driver", {"driverNumber": "D70", "lastName": "Belanger"}) == []
        assert await same("driver", {}) == []
        assert await same("truck", {"number": "D7"}) == []
        await world.library.set_active(row.id, False)
        assert [one.is_active for one in await same("driver", {"driverNumber": "D7"})] == [False]

    run(main())


@pytest.mark.parametrize(
    ("kind", "record", "trip", "is_so"),
    [
        ("driver", {"driverNumber": "D1"}, {"drivers": [{"driverNumber": "d1"}]}, True),
        ("driver", {"firstName": "A", "lastName": "B"}, {"passengers": [{"firstName": "a", "lastName": "b"}]}, True),
        ("driver", {"firstName": "A"}, {"drivers": [{"firstName": "A"}]}, False),
        ("driver", {}, {"drivers": [{}, 5]}, False),
        ("truck", {"number": "1"}, {"truck": {"number": "1"}}, True),
        ("truck", {"number": "1"}, {"truck": None}, False),
        ("truck", {}, {"truck": {}}, False),
        ("trailer", {"number": "1"}, {"trailers": [{"number": "2"}, {"number": "1"}]}, True),
        ("trailer", {"number": "1"}, {"truck": {"number": "1"}}, False),
        ("partner", {"name": "É"}, {"shipments": [{"notifyParties": [{"name": "e"}]}]}, True),
        ("partner", {"name": "X"}, {"shipments": [{"consignee": {"name": "Y"}}]}, False),
    ],
)
def test_use_is_told_by_number_or_name(kind, record, trip, is_so) -> None:
    assert is_used(kind, record, trip) is is_so


def test_a_saved_record_outlives_a_kill_at_once(tmp_path, run) -> None:
    """A save that was said to be done is there after the process dies without another instruction."""
    script = f"""
import asyncio, os, signal
from pathlib import Path
from desktop.clock import SystemClock
from desktop.services.changes import Changes
from desktop.services.library import Library
from desktop.store import open_store

async def main():
    store = open_store(Path({str(tmp_path)!r}), kind="practice", clock=SystemClock())
    row = await Library(store, Changes()).save("driver", {{"lastName": "Driver Seven"}}, {{"roles": []}})
    await Library(store, Changes()).save(
        "driver", {{"lastName": "Driver Eight"}}, {{}}, item_id=row.id, version=row.version
    )
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, timeout=60)
    assert ended.returncode == -signal.SIGKILL

    async def main() -> None:
        store = open_store(tmp_path, kind="practice", clock=SystemClock())
        try:
            rows = await Library(store, Changes()).items("driver")
            assert [row.document for row in rows] == [{"lastName": "Driver Eight"}]
        finally:
            await store.close()

    run(main())
