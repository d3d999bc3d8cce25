"""The library: kept as typed, private things out of lists, the right shape for each regime."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError, NotFound
from desktop.services.library import KINDS, wire_object, words_of
from desktop.services.views import Subject

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
