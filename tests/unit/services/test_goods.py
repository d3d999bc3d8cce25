"""Goods are learnt from trips that are sent, for both partners, without what belongs to one journey."""

from __future__ import annotations

import pytest

from desktop.domain.documents import put
from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure
from desktop.services.goods import RememberedGoods, lines_of


@pytest.fixture
def goods(world) -> RememberedGoods:
    return RememberedGoods(world.store, world.changes)


@pytest.mark.parametrize("regime", list(Regime))
def test_a_trip_teaches_what_both_partners_shipped(world, goods, run, regime) -> None:
    async def main() -> None:
        trip = await world.trip(regime)
        await goods.learn_from(trip)
        shipment = trip.document["shipments"][0]
        line = shipment["commodities"][0]
        for party in ("shipper", "consignee"):
            name = shipment[party]["name"]
            found = await goods.known(world.company.id, regime, f"  {name.upper()} ")
            known = next(one for one in found if one.description == line["description"])
            assert (known.document["quantity"], known.times) == (line["quantity"], 1)
            assert not {"loadedOn", "marksAndNumbers", "value"} & set(known.document)
            assert await goods.known(world.company.id, regime, name, "no such words") == []
        other = Regime.ACI if regime is Regime.ACE else Regime.ACE
        assert await goods.known(world.company.id, other, shipment["shipper"]["name"]) == []
        assert await goods.known(world.company.id, regime, " ") == []

    run(main())


def test_half_typed_lines_and_nameless_partners_teach_nothing(world) -> None:
    document = world.document()
    line = document["shipments"][0]["commodities"][0]
    for name in ("quantity", "weight", "weightUnit", "packagingUnit", "description"):
        half = put(document, "/shipments", [{"shipper": {"name": "Sample"}, "commodities": [{**line, name: ""}]}])
        assert list(lines_of(half)) == []
    for shipment in ({"commodities": [line]}, {"shipper": {"name": " "}, "commodities": [line]}, {"shipper": "x"}):
        assert list(lines_of({"shipments": [shipment]})) == []
    for odd in ({}, {"shipments": "x"}, {"shipments": [5]}, {"shipments": [{"commodities": [None]}]}):
        assert list(lines_of(odd)) == []


def test_goods_are_forgotten_and_remembered_again(world, goods, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await goods.learn_from(trip)
        name = trip.document["shipments"][0]["shipper"]["name"]
        one = (await goods.known(world.company.id, trip.regime, name))[0]
        await goods.forget(one.id)
        assert one.id not in [each.id for each in await goods.known(world.company.id, trip.regime, name)]
        assert [each.is_active for each in await goods.of_partner(name) if each.id == one.id] == [False]
        await goods.recall(one.id)
        assert one.id in [each.id for each in await goods.known(world.company.id, trip.regime, name)]
        assert await goods.of_partner("") == []

    run(main())


def test_a_failure_to_remember_is_no_failure_of_the_sending(world, goods, run, monkeypatch, expected_logs) -> None:
    expected_logs("not remembered: store.disk_full")

    async def fail(*_args) -> None:
        raise EnvironmentFailure("store.disk_full")

    async def main() -> None:
        monkeypatch.setattr(world.store.goods, "learn", fail)
        await goods.learn_from(await world.trip())

    run(main())


def test_sending_a_trip_tells_who_learns_from_it_once(world, run) -> None:
    async def main() -> None:
        heard = []
        world.submit._queued = heard.append
        unready = await world.trip(truck={"number": "T1"})
        await world.submit.send(unready.id)
        assert heard == []
        trip = await world.trip(tripNumber="SMPL99001122")
        await world.submit.send(trip.id)
        await world.submit.send(trip.id)
        assert [one.id for one in heard] == [trip.id]

    run(main())
