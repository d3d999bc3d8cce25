"""The contract of `NumberRanges`: numbers given out in order, and never one of them twice."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import Series
from desktop.store import Conflict, Gone
from desktop.store.company import CompanyFields
from desktop.store.number_range import CONTROL_REST, NewRange, RangesOverlap
from desktop.store.records import NewNumber

PARS = Series("1234PARS", "", 6, 100001, 100005)
ROOT = Path(__file__).resolve().parents[3]


def number(at: int) -> str:
    return PARS.number(100000 + at)


@pytest.fixture
def add(store, company, run):
    """Keep a range of PARS numbers of the sample carrier, or another one."""

    def adding(series: Series = PARS, *, regime=Regime.ACI, kind="control", driver="", owner=""):
        return run(store.number_ranges.add(NewRange(owner or company.id, regime, kind, series, driver)))

    return adding


@pytest.fixture
def take(store, company, run):
    def taking(count: int = 1, *, regime=Regime.ACI, kind="control", driver="") -> list[str]:
        return run(store.number_ranges.take(company.id, regime, kind, driver=driver, count=count))

    return taking


@pytest.fixture
def driver(store, company, run):
    return run(store.library.save("driver", {}, {}, key="D1", title="Sample Driver One", company=company.id)).id


class TestNumberRanges:
    def test_a_range_is_found_as_it_was_given(self, store, company, run, add, clock, driver) -> None:
        made = add(driver=driver)
        assert run(store.number_ranges.get(made.id)) == made
        assert (made.series, made.next, made.is_active, made.driver) == (PARS, 100001, True, driver)
        assert (made.company, made.regime, made.kind, made.version) == (company.id, Regime.ACI, "control", 1)
        assert made.created_at == made.updated_at == clock.now()

    def test_numbers_come_in_order_until_there_are_none(self, store, company, run, add, take) -> None:
        made = add()
        assert take(2) == [number(1), number(2)]
        [standing] = run(store.number_ranges.standings(company.id))
        assert (standing.number, standing.left, standing.range.next) == (number(3), 3, 100003)
        assert take(9) == [number(3), number(4), number(5)]
        assert take() == []
        [standing] = run(store.number_ranges.standings())
        assert (standing.number, standing.left) == ("", 0)
        assert run(store.number_ranges.get(made.id)).next == 100006

    def test_without_a_range_there_is_nothing_to_take(self, add, take) -> None:
        add()
        assert take(regime=Regime.ACE) == []
        assert take(kind="trip") == []

    def test_what_is_used_is_passed_over_for_three_years(self, store, company, run, add, take, clock) -> None:
        add()
        use = [NewNumber("control", number(1)), NewNumber("control", number(4)), NewNumber("trip", number(2))]
        run(store.numbers_used.add(company.id, Regime.ACI, use))
        [standing] = run(store.number_ranges.open(company.id, Regime.ACI, "control"))
        assert (standing.number, standing.left) == (number(2), 3)
        assert take(2) == [number(2), number(3)]
        clock.advance(CONTROL_REST.total_seconds() - 1)
        assert take() == [number(5)]

    def test_a_control_number_is_free_again_after_its_rest(self, store, company, run, add, take, clock) -> None:
        add()
        run(store.numbers_used.add(company.id, Regime.ACI, [NewNumber("control", number(1))]))
        clock.advance(CONTROL_REST.total_seconds())
        assert take() == [number(1)]

    def test_a_trip_number_never_comes_again(self, store, company, run, add, take, clock) -> None:
        add(Series("SMPL", "", 4, 1, 3), regime=Regime.ACE, kind="trip")
        run(store.numbers_used.add(company.id, Regime.ACE, [NewNumber("trip", "SMPL0001")]))
        clock.advance(timedelta(days=366 * 30).total_seconds())
        assert take(regime=Regime.ACE, kind="trip") == ["SMPL0002"]

    def test_what_stands_in_a_living_trip_or_shipment_is_passed_over(self, store, company, run, add, take) -> None:
        add()
        add(Series("1234", "", 4, 1, 9), kind="trip")
        shipments = [{"cargoControlNumber": number(1)}]
        run(store.trips.add(Regime.ACI, {"tripNumber": "12340001", "shipments": shipments}, company=company.id))
        gone = {"tripNumber": "12340002", "shipments": [{"cargoControlNumber": number(2)}]}
        dead = run(store.trips.add(Regime.ACI, gone, company=company.id))
        run(store.trips.delete(dead.id))
        run(store.shipments.save_lone(Regime.ACI, {"cargoControlNumber": number(3).lower()}))
        run(store.shipments.save_lone(Regime.ACE, {"shipmentControlNumber": number(2)}))
        assert take(2) == [number(2), number(4)]
        assert take(kind="trip") == ["12340002"]

    def test_a_long_row_of_used_numbers_is_passed_over(self, store, company, run, add, take) -> None:
        series = Series("1234PARS", "", 6, 1, 2000)
        add(series)
        used = [NewNumber("control", series.number(at)) for at in range(1, 1500)]
        run(store.numbers_used.add(company.id, Regime.ACI, used))
        assert take() == [series.number(1500)]

    def test_a_drivers_own_come_before_those_for_all_and_are_nobody_elses(self, store, company, run, add, take, driver):
        add()
        own = add(Series("1234PARS", "", 6, 200001, 200002), driver=driver)
        first, _ = run(store.number_ranges.open(company.id, Regime.ACI, "control", driver=driver))
        assert first.range.id == own.id
        assert take(3, driver=driver) == ["1234PARS200001", "1234PARS200002", number(1)]
        assert take() == [number(2)]

    def test_two_who_ask_at_once_never_get_the_same(self, store, company, run, add, open_at) -> None:
        add(Series("1234PARS", "", 6, 1, 400))
        other = open_at(store.folder)

        async def many() -> list[str]:
            asked = [
                asker.number_ranges.take(company.id, Regime.ACI, "control", count=1 + place % 3)
                for place in range(100)
                for asker in (store, other)
            ]
            return [one for taken in await asyncio.gather(*asked) for one in taken]

        taken = run(many())
        assert len(taken) == len(set(taken)) == 398

    def test_one_put_aside_gives_nothing_and_is_taken_up_again(self, store, run, add, take) -> None:
        made = add()
        aside = run(store.number_ranges.edit(made.id, version=1, is_active=False))
        assert (aside.is_active, aside.version, aside.next) == (False, 2, 100001)
        assert take() == []
        run(store.number_ranges.edit(made.id, version=2, is_active=True))
        assert take() == [number(1)]

    def test_a_range_moves_to_a_driver_and_back(self, store, run, add, take, driver) -> None:
        made = add()
        moved = run(store.number_ranges.edit(made.id, version=1, driver=driver))
        assert (moved.driver, moved.next) == (driver, 100001)
        assert take() == []
        assert take(driver=driver) == [number(1)]
        assert run(store.number_ranges.edit(made.id, version=3, driver="")).driver == ""
        assert take() == [number(2)]

    def test_it_goes_on_where_it_is_told_to(self, store, run, add, take) -> None:
        made = add()
        edited = run(store.number_ranges.edit(made.id, version=1, next_place=100004))
        assert edited.next == 100004
        assert take(2) == [number(4), number(5)]

    def test_other_ends_keep_the_next_number_where_it_still_lies_between_them(self, store, run, add, take) -> None:
        made = add()
        take(3)
        wide = run(store.number_ranges.edit(made.id, version=2, series=PARS._replace(last=100900)))
        assert (wide.next, wide.series.last) == (100004, 100900)
        higher = run(store.number_ranges.edit(made.id, version=3, series=PARS._replace(first=100500, last=100900)))
        assert higher.next == 100500
        other = run(store.number_ranges.edit(made.id, version=4, series=Series("1234X", "", 6, 1, 999999)))
        assert other.next == 1

    def test_a_change_upon_an_older_version_changes_nothing(self, store, run, add, take) -> None:
        made = add()
        take()
        with pytest.raises(Conflict):
            run(store.number_ranges.edit(made.id, version=made.version, next_place=100001))
        assert take() == [number(2)]

    def test_no_number_is_in_two_ranges(self, store, company, run, add, take) -> None:
        made = add()
        other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
        for kind, owner in (("control", company.id), ("control", other.id), ("trip", company.id)):
            with pytest.raises(RangesOverlap) as caught:
                add(Series("1234PARS", "", 6, 100005, 100009), kind=kind, owner=owner)
            assert caught.value.values == {"first": number(1), "last": number(5), "number": number(5)}
        add(Series("1234PARS", "", 6, 100006, 100009))
        add(PARS, regime=Regime.ACE, owner=other.id)
        with pytest.raises(RangesOverlap):
            run(store.number_ranges.edit(made.id, version=1, series=PARS._replace(last=100006)))
        assert run(store.number_ranges.edit(made.id, version=1, series=PARS)).series == PARS

    def test_what_a_range_put_aside_never_gave_out_may_go_into_another(self, store, run, add, take) -> None:
        made = add()
        take(2)
        run(store.number_ranges.edit(made.id, version=2, is_active=False))
        with pytest.raises(RangesOverlap):
            add(PARS._replace(first=100002))
        rest = add(PARS._replace(first=100003))
        with pytest.raises(RangesOverlap):
            run(store.number_ranges.edit(made.id, version=3, is_active=True))
        untouched = add(Series("1234X", "", 4, 1, 9))
        run(store.number_ranges.edit(untouched.id, version=1, is_active=False))
        add(Series("1234X", "", 4, 1, 9))
        assert take() == [rest.series.number(100003)]

    def test_of_a_company_removed_only_what_it_gave_out_is_kept_apart(self, store, company, run, add) -> None:
        other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
        add(owner=other.id)
        run(store.number_ranges.take(other.id, Regime.ACI, "control"))
        run(store.companies.remove(other.id))
        assert run(store.number_ranges.standings()) == []
        with pytest.raises(RangesOverlap):
            add()
        mine = add(PARS._replace(first=100002))
        assert [standing.range for standing in run(store.number_ranges.standings())] == [mine]

    def test_lists_hold_those_of_a_company_or_all(self, store, company, run, add, driver) -> None:
        other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
        add(driver=driver)
        add(Series("1234Y", "", 4, 1, 9))
        trips = add(Series("1234", "", 4, 1, 9), kind="trip", owner=other.id)
        found = [standing.range.series.prefix for standing in run(store.number_ranges.standings(company.id))]
        assert found == ["1234Y", "1234PARS"]
        assert [standing.range for standing in run(store.number_ranges.standings(other.id))] == [trips]
        assert len(run(store.number_ranges.standings())) == 3

    def test_what_is_not_there_is_said(self, store, run) -> None:
        for work in (store.number_ranges.get("nothing"), store.number_ranges.edit("nothing", version=1)):
            with pytest.raises(Gone):
                run(work)


def test_killed_at_every_statement_no_number_is_given_twice(tmp_path) -> None:
    """A take that dies may lose numbers; the next life never gives one that a caller already held."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("taking.py")), str(tmp_path / "data")],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *numbers, lives = done.stdout.splitlines()
    assert len(numbers) == len(set(numbers)) > 12
    assert int(lives.split()[1]) > 15
