"""Numbering: ranges from two stickers, numbers given out, used numbers brought in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import RangeFault
from desktop.domain.used_number import LineFault
from desktop.services.numbering import Numbering, running_low
from desktop.services.views import Subject
from desktop.store import Conflict

ACI, PARS = Regime.ACI, "control"
FIRST, LAST = "9SMPPARS100001", "9SMPPARS100500"


@pytest.fixture
def numbering(world) -> Numbering:
    return Numbering(world.store, world.changes, world.clock)


@pytest.fixture
def company(world) -> str:
    return world.company.id


@pytest.fixture
def add(numbering, company, run):
    def adding(first: str = FIRST, last: str = LAST, **more):
        return run(numbering.add(company, ACI, PARS, first, last, **more))

    return adding


@pytest.fixture
def driver(world, company, run) -> str:
    document = {"firstName": "Sample", "lastName": "One", "driverNumber": "D9"}
    return run(world.library.save("driver", document, {}, company=company)).id


class TestGivingOut:
    def test_a_look_takes_nothing_and_a_take_is_for_good(self, numbering, company, run, add) -> None:
        assert run(numbering.left(company, ACI, PARS)) is None
        assert run(numbering.standing(company, ACI, PARS)) is None
        assert run(numbering.next(company, ACI, PARS)) is None
        add()
        assert run(numbering.next(company, ACI, PARS)) == run(numbering.next(company, ACI, PARS)) == FIRST
        assert run(numbering.take(company, ACI, PARS, count=2)) == [FIRST, "9SMPPARS100002"]
        assert run(numbering.next(company, ACI, PARS)) == "9SMPPARS100003"
        assert run(numbering.left(company, ACI, PARS)) == 498

    def test_without_a_carrier_there_is_nothing(self, numbering, run) -> None:
        assert run(numbering.take("", ACI, PARS)) == []
        assert run(numbering.next("", ACI, PARS)) is None
        assert run(numbering.left("", ACI, PARS)) is None

    def test_asking_for_none_takes_none(self, numbering, company, run, add) -> None:
        add()
        assert run(numbering.take(company, ACI, PARS, count=0)) == []

    def test_a_used_up_range_has_nothing_left_but_is_there(self, numbering, company, run, add) -> None:
        add(FIRST, FIRST)
        run(numbering.take(company, ACI, PARS))
        assert run(numbering.take(company, ACI, PARS)) == []
        assert run(numbering.left(company, ACI, PARS)) == 0
        assert run(numbering.next(company, ACI, PARS)) is None
        assert run(numbering.standing(company, ACI, PARS)).next == ""

    def test_a_driver_has_his_own_first(self, numbering, company, run, add, driver) -> None:
        add()
        add("9SMPPARS700001", "9SMPPARS700002", driver=driver)
        assert run(numbering.left(company, ACI, PARS, driver=driver)) == 502
        assert run(numbering.next(company, ACI, PARS, driver=driver)) == "9SMPPARS700001"
        assert run(numbering.next(company, ACI, PARS)) == FIRST

    def test_the_driver_of_a_trip_is_found_by_number(self, numbering, company, run, driver) -> None:
        assert run(numbering.driver_of(company, {"drivers": [{"driverNumber": "d9"}, {}]})) == driver
        for drivers in ([], [{}], [{"driverNumber": "X"}], [None], "D9", [{"driverNumber": 9}]):
            assert run(numbering.driver_of(company, {"drivers": drivers})) is None

    def test_everybody_hears_of_a_take_and_nobody_of_none(self, world, numbering, company, run, add) -> None:
        add()
        heard = []
        world.changes.subscribe(heard.append)
        run(numbering.take(company, ACI, PARS))
        run(numbering.take(company, Regime.ACE, PARS))
        assert [(one.subject, one.ids) for one in heard] == [(Subject.NUMBERS, frozenset({company}))]


class TestRanges:
    def test_a_row_says_what_there_is(self, numbering, company, run, add, driver) -> None:
        row = add(driver=driver, start="9smppars100004")
        assert (row.first, row.last, row.next, row.left, row.size) == (FIRST, LAST, "9SMPPARS100004", 497, 500)
        assert (row.driver, row.driver_name, row.is_active, row.is_low) == (driver, "Sample One", True, False)
        assert run(numbering.ranges(company)) == run(numbering.ranges()) == [row]

    def test_it_can_be_told_to_go_on_by_the_running_digits_alone(self, run, numbering, add) -> None:
        row = add(start="100010")
        assert row.next == "9SMPPARS100010"
        row = run(numbering.edit(row, start="100300"))
        assert (row.next, row.left) == ("9SMPPARS100300", 201)

    @pytest.mark.parametrize("start", ["9SMPPARS100501", "100501", "1234567", "X"])
    def test_it_goes_on_only_with_a_number_of_its_own(self, run, numbering, add, start) -> None:
        row = add()
        with pytest.raises(RangeFault) as caught:
            run(numbering.edit(row, start=start))
        assert (caught.value.field, caught.value.code) == ("next", "numbers.outside")

    def test_a_fault_in_the_start_keeps_no_range(self, run, numbering, company, add) -> None:
        with pytest.raises(RangeFault):
            add(start="X")
        assert run(numbering.ranges(company)) == []

    def test_it_is_changed_put_aside_and_moved(self, run, numbering, add, driver) -> None:
        row = add()
        row = run(numbering.edit(row, last="9SMPPARS100900", driver=driver))
        assert (row.last, row.size, row.driver) == ("9SMPPARS100900", 900, driver)
        row = run(numbering.edit(row, driver="", is_active=False))
        assert (row.driver, row.is_active, row.is_low) == ("", False, False)
        with pytest.raises(RangeFault):
            run(numbering.edit(row, last=""))
        row = run(numbering.edit(row, first="9SMPPARS100500", is_active=True))
        assert (row.first, row.next, row.is_active) == ("9SMPPARS100500", "9SMPPARS100500", True)

    def test_an_older_row_changes_nothing(self, run, numbering, company, add) -> None:
        row = add()
        run(numbering.take(company, ACI, PARS))
        with pytest.raises(Conflict):
            run(numbering.edit(row, is_active=False))

    @pytest.mark.parametrize(("size", "low_at"), [(500, 49), (100, 19), (30, 14), (3, 1), (1, 0)])
    def test_a_range_runs_low_below_twenty_a_tenth_or_its_half(self, run, numbering, company, add, size, low_at):
        row = add("9SMPPARS100001", f"9SMPPARS{100000 + size}")
        assert not row.is_low
        if size - low_at - 1:
            run(numbering.take(company, ACI, PARS, count=size - low_at - 1))
        [row] = run(numbering.ranges(company))
        assert (row.left, row.is_low) == (low_at + 1, False)
        run(numbering.take(company, ACI, PARS))
        [row] = run(numbering.ranges(company))
        assert (row.left, row.is_low) == (low_at, True)

    def test_the_next_range_at_hand_takes_the_worry_away(self, run, numbering, company, add, driver) -> None:
        add()
        run(numbering.take(company, ACI, PARS, count=490))
        [low] = running_low(run(numbering.ranges(company)))
        assert (low.first, low.left) == (FIRST, 10)
        add("9SMPPARS700001", "9SMPPARS700500", driver=driver)
        assert [one.left for one in running_low(run(numbering.ranges(company)))] == [10]
        spare = add("9SMPPARS800001", "9SMPPARS800500")
        assert running_low(run(numbering.ranges(company))) == []
        run(numbering.edit(spare, is_active=False))
        assert [one.left for one in running_low(run(numbering.ranges(company)))] == [10]

    def test_what_is_odd_is_asked_about_and_not_refused(self, run, numbering, company) -> None:
        assert run(numbering.doubts(company, ACI, PARS, "9smp pars 1")) == ()
        assert run(numbering.doubts(company, ACI, "trip", "9SMPPARS1")) == ("word",)
        assert run(numbering.doubts(company, ACI, PARS, "1234O001")) == ("code", "letters")
        assert run(numbering.doubts(company, Regime.ACE, "trip", "SMPLO001")) == ()


class TestUsedNumbers:
    TEXT = "Number,Date\n9SMPPARS100001\n9SMPPARS100002,2025-03-03\n9SMPPARS100001\nhello\n9SMPPARS100003,2030-01-01\n"

    def test_a_list_is_looked_at_before_it_is_kept(self, world, run, numbering, company, add) -> None:
        add()
        preview = run(numbering.preview_used(company, ACI, PARS, self.TEXT))
        assert [(line.line, line.day) for line in preview.new] == [(2, None), (3, date(2025, 3, 3))]
        assert preview.known == 1
        assert [(line.line, line.fault) for line in preview.wrong] == [(5, LineFault.SHAPE), (6, LineFault.FUTURE)]
        assert run(numbering.next(company, ACI, PARS)) == FIRST
        assert run(numbering.keep_used(preview)) == 2
        assert run(numbering.next(company, ACI, PARS)) == "9SMPPARS100003"
        uses = run(world.store.numbers_used.find(company, ACI, PARS))
        assert uses[FIRST].used_at == world.clock.now()
        assert uses["9SMPPARS100002"].used_at == datetime(2025, 3, 3, tzinfo=UTC)

    def test_what_is_known_is_counted(self, run, numbering, company) -> None:
        run(numbering.keep_used(run(numbering.preview_used(company, ACI, PARS, self.TEXT))))
        again = run(numbering.preview_used(company, ACI, PARS, self.TEXT))
        assert (again.new, again.known, len(again.wrong)) == ((), 3, 2)
        assert run(numbering.keep_used(again)) == 0

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_a_number_used_twice_rests_from_its_last_use_on(self, run, numbering, company, add, order) -> None:
        add()
        lines = [f"{FIRST},2019-01-31", f"{FIRST},2025-01-31"]
        preview = run(numbering.preview_used(company, ACI, PARS, "\n".join(lines[place] for place in order)))
        assert ([line.day for line in preview.new], preview.known) == ([date(2025, 1, 31)], 1)
        run(numbering.keep_used(preview))
        assert run(numbering.next(company, ACI, PARS)) != FIRST

    def test_a_later_use_of_a_known_number_is_kept_and_an_earlier_one_is_not(
        self, world, run, numbering, company
    ) -> None:
        for text, kept in ((f"{FIRST},2019-01-31", 1), (f"{FIRST},2025-01-31", 1), (f"{FIRST},2020-01-31", 0)):
            assert run(numbering.keep_used(run(numbering.preview_used(company, ACI, PARS, text)))) == kept
        assert run(numbering.preview_used(company, ACI, PARS, FIRST)).new == ()
        used = run(world.store.numbers_used.find(company, ACI, PARS))[FIRST].used_at
        assert used == datetime(2025, 1, 31, tzinfo=UTC)

    def test_a_number_used_longer_ago_than_its_rest_may_come_again(self, world, run, numbering, company, add) -> None:
        add()
        long_ago = (world.clock.now() - timedelta(days=366 * 3 + 1)).date()
        run(numbering.keep_used(run(numbering.preview_used(company, ACI, PARS, f"{FIRST};{long_ago}"))))
        assert run(numbering.next(company, ACI, PARS)) == FIRST

    def test_ten_thousand_lines_are_read(self, run, numbering, company) -> None:
        text = "\n".join(f"9SMPPARS{at:06d},2026-01-31" for at in range(10_000))
        preview = run(numbering.preview_used(company, ACI, PARS, text))
        assert (len(preview.new), preview.known, preview.wrong) == (10_000, 0, ())
        assert run(numbering.keep_used(preview)) == 10_000
