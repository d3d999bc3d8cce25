"""A trip against what customs has of it, in words."""

from __future__ import annotations

import json

from unit.services.world import World, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.services.compared import Compared, changed_fields


async def filed(world: World):
    trip = await world.trip()
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    return trip


def test_nothing_went_out_yet(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert await Compared(world.store).with_customs(trip.id) == (await Compared(world.store).with_customs(trip.id))
        assert (await Compared(world.store).with_customs(trip.id)).taken_at is None

    run(main())


def test_a_change_after_the_send_is_named_with_both_values(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        compared = Compared(world.store)
        found = await compared.with_customs(trip.id)
        assert found.taken_at is not None
        assert found.rows == ()
        session = await world.editing.open(trip.id)
        before = session.value("/truck/number")
        session.set("/truck/number", "X7")
        await session.flush()
        (row,) = (await compared.with_customs(trip.id)).rows
        assert (row.pointer, row.before, row.now, row.is_gone) == ("/truck/number", before, "X7", False)
        assert row.place.startswith("Truck X7")

    run(main())


def test_private_fields_show_their_end_only() -> None:
    before = {"data": "ACE_TRIP", "drivers": [{"fastCardNumber": "42700000000001", "dateOfBirth": "1970-01-01"}]}
    now = {"data": "ACE_TRIP", "drivers": [{"fastCardNumber": "42700000000002", "dateOfBirth": "1980-01-01"}]}
    rows = changed_fields(Regime.ACE, before, now)
    assert len(rows) == 2
    said = json.dumps([(row.before, row.now) for row in rows], ensure_ascii=False)
    assert "4270" not in said
    assert "1970" not in said
    assert "0001" in said


def test_codes_have_their_words_and_lists_their_items() -> None:
    before = {"data": "ACE_TRIP", "truck": {"type": "TR"}, "trailers": [{"number": "T1", "sealNumbers": ["1", "2"]}]}
    now = {"data": "ACE_TRIP", "truck": {}, "trailers": [{"number": "T1", "sealNumbers": ["3"]}]}
    rows = {row.pointer: row for row in changed_fields(Regime.ACE, before, now)}
    assert rows["/truck/type"].before == "TR Tractor (Semi)"
    assert (rows["/truck/type"].now, rows["/truck/type"].is_gone) == ("–", True)
    assert (rows["/trailers/0/sealNumbers"].before, rows["/trailers/0/sealNumbers"].now) == ("1, 2", "3")


def test_what_each_send_sets_anew_and_what_stays_behind_is_no_change() -> None:
    before = {"data": "ACE_TRIP", "sendId": "1", "shipments": [{"type": "PAPS", "sendId": "1"}]}
    now = {
        "data": "ACE_TRIP",
        "sendId": "2",
        "operation": "UPDATE",
        "shipments": [{"type": "PAPS", "sendId": "2", "inBondDetails": {"type": "61"}}],
    }
    assert changed_fields(Regime.ACE, before, now) == ()


def test_a_row_that_came_or_went_is_one_line() -> None:
    before = {"data": "ACI_TRIP", "shipments": [{"cargoControlNumber": "1234PARS1", "consolidatedFreight": False}]}
    now = {"data": "ACI_TRIP", "shipments": [{"cargoControlNumber": "1234PARS2", "consolidatedFreight": True}] * 2}
    rows = changed_fields(Regime.ACI, before, now)
    assert {row.now for row in rows} == {"The whole entry", "–"}
    assert sum(row.is_gone for row in rows) == 1
