"""Many records in one transaction, and remembered mappings."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import Regime
from desktop.store import Conflict
from desktop.store.bulk import Packed, Stopped


def quiet(_done: int) -> None:
    """Nobody looks."""


def never() -> bool:
    return False


def test_library_items_are_kept_found_and_changed_together(store, run) -> None:
    new = [
        Packed('{"number":"2013"}', '{"a":1}', "2013", "2013", "2013", "TR", is_active=False),
        Packed("{}", key="2014"),
    ]
    seen: list[int] = []

    async def work() -> None:
        ids = await store.bulk.keep_library("truck", new, tick=seen.append, cancelled=never)
        assert ids == sorted(ids)
        assert seen == [0, 2]
        (one,) = await store.library.items("truck", search="2013", active_only=False)
        assert (one.id, one.document, one.local, one.subtitle, one.is_active) == (
            ids[0],
            {"number": "2013"},
            {"a": 1},
            "TR",
            False,
        )
        found = {record.id: record for record in await store.bulk.library("truck")}
        assert set(found) == set(ids)
        changed = [found[ids[0]]._replace(document="{}", is_active=True), Packed("{}")]
        assert (await store.bulk.keep_library("truck", changed, tick=quiet, cancelled=never))[0] == ids[0]
        assert (await store.library.get(ids[0])).version == 2
        with pytest.raises(Conflict):
            await store.bulk.keep_library("truck", [Packed("{}"), *changed[:1]], tick=quiet, cancelled=never)
        assert len(await store.bulk.library("truck")) == 3

    run(work())


def test_stopping_keeps_nothing_even_at_the_very_end(store, run) -> None:
    many = [Packed("{}", key=str(number), regime=Regime.ACI) for number in range(120)]

    async def work() -> None:
        for last in (0, 1, 3):
            answers = iter([False] * last + [True])
            with pytest.raises(Stopped):
                await store.bulk.keep_shipments(many, tick=quiet, cancelled=lambda answers=answers: next(answers))
            assert await store.bulk.lone_shipments() == []
        await store.bulk.keep_shipments(many, tick=quiet, cancelled=never)
        assert [one.key for one in await store.bulk.lone_shipments()] == [str(number) for number in range(120)]
        assert {one.regime for one in await store.shipments.latest()} == {Regime.ACI}

    run(work())


def test_trips_come_with_their_shipments_in_order(store, run) -> None:
    document = {"tripNumber": "AAAA0001", "shipments": [{"shipmentControlNumber": f"AAAA{n}"} for n in (3, 1, 2)]}

    async def work() -> None:
        trip = await store.trips.add(Regime.ACE, document)
        await store.trips.add(Regime.ACE, {"tripNumber": "AAAA0002"})
        (found,) = await store.bulk.trips()
        by_id = {one.id: one.number for one in (await store.shipments.of_trips([trip.id]))[trip.id]}
        assert [by_id[one] for one in found.shipments] == ["AAAA3", "AAAA1", "AAAA2"]
        assert await store.bulk.numbers_on_trips(company="") == {
            "aaaa1": "AAAA0001",
            "aaaa2": "AAAA0001",
            "aaaa3": "AAAA0001",
        }
        await store.trips.delete(trip.id)
        assert await store.bulk.trips() == []
        assert await store.bulk.numbers_on_trips(company="") == {}

    run(work())


def test_the_last_mapping_for_heads_is_remembered(store, run, clock) -> None:
    async def work() -> None:
        assert await store.import_mappings.find("drivers", ["A", "B"]) is None
        await store.import_mappings.keep("drivers", ["A", "B"], {"columns": ["/a"]})
        await store.import_mappings.keep("drivers", ["A", "B"], {"columns": ["/b"]})
        assert await store.import_mappings.find("drivers", ["A", "B"]) == {"columns": ["/b"]}
        assert await store.import_mappings.find("trucks", ["A", "B"]) is None
        assert await store.import_mappings.find("drivers", ["B", "A"]) is None
        for number in range(201):
            clock.advance(1)
            await store.import_mappings.keep("partners", [str(number)], {})
        assert await store.import_mappings.find("drivers", ["A", "B"]) is None
        assert await store.import_mappings.find("partners", ["5"]) == {}

    run(work())
