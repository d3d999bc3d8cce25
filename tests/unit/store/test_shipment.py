"""The contract of `Shipments`, and how rows follow a trip's document."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import Regime
from desktop.store import Conflict, Gone


def ace(*numbers: object) -> dict:
    """A trip document with such shipments."""
    return {"tripNumber": "SMPL0001", "shipments": [{"shipmentControlNumber": number} for number in numbers]}


class TestShipments:
    def test_shipments_of_a_trip_are_told_by_its_document(self, store, company, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("A", "B"), company=company.id))
        first, second = run(store.shipments.of_trips([trip.id]))[trip.id]
        assert (first.number, first.position, first.trip, first.trip_number) == ("A", 0, trip.id, "SMPL0001")
        assert second.document == {"shipmentControlNumber": "B"}
        assert run(store.shipments.get(second.id)) == second
        assert second.company == company.id

    def test_the_trips_that_bear_a_number_are_told_up_to_two(self, store, company, run) -> None:
        first, second, third = (run(store.trips.add(Regime.ACE, ace("A"), company=company.id)) for _ in range(3))
        other = run(store.trips.add(Regime.ACI, {"shipments": [{"cargoControlNumber": "a"}]}, company=company.id))
        run(store.shipments.save_lone(Regime.ACE, {"shipmentControlNumber": "A"}, company=company.id))
        assert len(run(store.shipments.trips_bearing("a", company=company.id))) == 2
        assert run(store.shipments.trips_bearing("A", company=company.id, regime=Regime.ACI)) == [other.id]
        assert run(store.shipments.trips_bearing("A", company="")) == []
        for trip in (first, second):
            run(store.trips.delete(trip.id))
        assert run(store.shipments.trips_bearing("A", company=company.id, regime=Regime.ACE)) == [third.id]

    def test_a_row_follows_its_number_when_shipments_are_moved(self, store, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("A", "B", "C")))
        ids = {row.number: row.id for row in run(store.shipments.of_trips([trip.id]))[trip.id]}
        run(store.trips.save(trip.id, ace("C", "A", "D"), {}, version=1))
        rows = run(store.shipments.of_trips([trip.id]))[trip.id]
        assert [row.number for row in rows] == ["C", "A", "D"]
        assert [row.id for row in rows] == [ids["C"], ids["A"], ids["B"]]

    def test_a_row_follows_its_place_while_its_number_is_typed(self, store, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("A", "")))
        before = [row.id for row in run(store.shipments.of_trips([trip.id]))[trip.id]]
        run(store.trips.save(trip.id, ace("AX", "S", "T"), {}, version=1))
        after = [row.id for row in run(store.shipments.of_trips([trip.id]))[trip.id]]
        assert after[:2] == before
        run(store.trips.save(trip.id, ace(), {}, version=2))
        assert run(store.shipments.of_trips([trip.id])) == {trip.id: []}

    def test_equal_numbers_keep_their_rows_and_unchanged_rows_their_version(self, store, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("A", "A")))
        before = run(store.shipments.of_trips([trip.id]))[trip.id]
        saved = run(store.trips.save(trip.id, ace("A", "A"), {"note": "x"}, version=1))
        assert run(store.shipments.of_trips([trip.id]))[trip.id] == before
        assert saved.version == 2

    @pytest.mark.parametrize("nested", [None, "text", {"a": 1}, [None, 3, {"cargoControlNumber": 5}]])
    def test_what_is_no_list_of_shipments_does_no_harm(self, store, run, nested) -> None:
        trip = run(store.trips.add(Regime.ACI, {"shipments": nested}))
        rows = run(store.shipments.of_trips([trip.id]))[trip.id]
        assert len(rows) == (len(nested) if isinstance(nested, list) else 0)
        assert {row.number for row in rows} <= {""}

    def test_one_by_itself_is_kept_and_edited(self, store, company, clock, run) -> None:
        made = run(store.shipments.save_lone(Regime.ACI, {"cargoControlNumber": "8ABCX1"}, company=company.id))
        assert (made.number, made.trip, made.version, made.trip_number) == ("8ABCX1", None, 1, "")
        later = clock.advance(1)
        saved = run(store.shipments.save_lone(Regime.ACI, {}, shipment=made.id, version=1))
        assert (saved.id, saved.number, saved.version, saved.company) == (made.id, "", 2, "")
        assert (saved.created_at, saved.updated_at) == (made.created_at, later)
        with pytest.raises(Conflict):
            run(store.shipments.save_lone(Regime.ACI, {}, shipment=made.id, version=1))
        with pytest.raises(Conflict):
            run(store.shipments.remove_lone(made.id, version=1))
        run(store.shipments.remove_lone(made.id, version=2))
        with pytest.raises(Gone):
            run(store.shipments.get(made.id))

    def test_one_on_a_trip_is_changed_only_through_the_trip(self, store, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("A")))
        [row] = run(store.shipments.of_trips([trip.id]))[trip.id]
        with pytest.raises(Conflict):
            run(store.shipments.save_lone(Regime.ACE, {}, shipment=row.id, version=row.version))
        with pytest.raises(Conflict):
            run(store.shipments.remove_lone(row.id, version=row.version))

    def test_lists_and_numbers_find_both_sorts(self, store, company, clock, run) -> None:
        trip = run(store.trips.add(Regime.ACE, ace("SMPLX1"), company=company.id))
        clock.advance(1)
        lone = run(
            store.shipments.save_lone(
                Regime.ACE, {"shipmentControlNumber": "SMPLX1", "shipper": {"name": "Sample 100% Shipper"}}
            )
        )
        [nested] = run(store.shipments.of_trips([trip.id]))[trip.id]
        assert run(store.shipments.latest()) == [lone, nested]
        assert run(store.shipments.latest(limit=1)) == [lone]
        assert run(store.shipments.latest(company=company.id)) == [nested]
        assert run(store.shipments.latest(search="100% smplx1")) == [lone]
        assert run(store.shipments.latest(search="SMPL0001")) == [nested]
        assert run(store.shipments.by_number("smplx1")) == [lone, nested]
        assert run(store.shipments.by_number("SMPLX1", company=company.id)) == [nested]
        run(store.trips.delete(trip.id))
        assert run(store.shipments.by_number("SMPLX1")) == [lone]
