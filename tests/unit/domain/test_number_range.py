"""Number ranges: what two stickers mean, and that no number is in two ranges unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import MAXIMUM_DIGITS, RangeFault, Series, common, is_number, series_of, widened


def pars(first: str, last: str) -> Series:
    return series_of(Regime.ACI, "control", first, last)


class TestSeriesOf:
    def test_the_digits_that_differ_run(self) -> None:
        assert pars("1234PARS100001", "1234PARS100500") == Series("1234PARS", "", 6, 100001, 100500)
        assert pars("1234PARS001A", "1234PARS009A") == Series("1234PARS", "A", 3, 1, 9)
        assert pars("1234A001B7", "1234A003B7") == Series("1234A", "B7", 3, 1, 3)

    def test_a_scanner_or_a_hand_may_write_small_and_with_gaps(self) -> None:
        assert pars(" 1234 pars 100001", "1234pars100500 ") == Series("1234PARS", "", 6, 100001, 100500)
        assert series_of(Regime.ACE, "trip", "smpl-0001", "SMPL-0009") == Series("SMPL", "", 4, 1, 9)

    def test_the_code_of_the_carrier_never_runs(self) -> None:
        assert pars("12340001", "12340500") == Series("1234", "", 4, 1, 500)
        assert pars("12-40001", "12-40500") == Series("12-4", "", 4, 1, 500)

    def test_one_number_alone_is_a_range_of_its_last_digits(self) -> None:
        assert pars("1234A1B07", "1234A1B07") == Series("1234A1B", "", 2, 7, 7)

    def test_of_very_many_digits_the_last_run(self) -> None:
        found = pars("1234" + "0" * 21, "1234" + "0" * 20 + "9")
        assert (found.digits, found.prefix, found.size) == (MAXIMUM_DIGITS, "1234000", 10)

    @pytest.mark.parametrize(
        ("regime", "kind", "first", "last", "field", "code"),
        [
            (Regime.ACI, "control", "", "1234PARS1", "first", "numbers.missing"),
            (Regime.ACI, "control", "1234PARS1", " ", "last", "numbers.missing"),
            (Regime.ACE, "control", "1234PARS1", "1234PARS2", "first", "numbers.shape_ace_control"),
            (Regime.ACE, "control", "SMPL0000000000001", "SMPL0000000000002", "first", "numbers.shape_ace_control"),
            (Regime.ACE, "trip", "SMPL0001", "SMPL", "last", "numbers.shape_ace_trip"),
            (Regime.ACI, "trip", "1234000-1", "1234000-2", "first", "numbers.shape_aci_trip"),
            (Regime.ACI, "control", "1234", "1234PARS1", "first", "numbers.shape_aci_control"),
            (Regime.ACI, "control", "1234PARS1", "1234PARS500", "last", "numbers.length"),
            (Regime.ACI, "control", "1234A1B1", "1234A2B2", "last", "numbers.two_parts"),
            (Regime.ACI, "control", "1234A00B", "1234A0C9", "last", "numbers.two_parts"),
            (Regime.ACI, "control", "12340" + "0" * 20, "12341" + "0" * 20, "last", "numbers.two_parts"),
            (Regime.ACI, "control", "1234PARS1", "1235PARS2", "last", "numbers.two_carriers"),
            (Regime.ACI, "control", "1234PARS", "1234PART", "first", "numbers.no_digits"),
            (Regime.ACI, "control", "1234PARS500", "1234PARS100", "last", "numbers.backwards"),
        ],
    )
    def test_what_makes_no_range_is_said_at_its_field(self, regime, kind, first, last, field, code) -> None:
        with pytest.raises(RangeFault) as caught:
            series_of(regime, kind, first, last)
        assert (caught.value.field, caught.value.code) == (field, code)


LETTERS = st.text("ABPRSX", max_size=4)


@st.composite
def series(draw) -> Series:
    """Ranges as people have them, few letters and digits so that they meet."""
    digits = draw(st.integers(2, 3))
    first = draw(st.integers(0, 10**digits - 1))
    last = draw(st.integers(first, 10**digits - 1))
    middle = draw(st.sampled_from(["", "A", "1", "A1A", "A10A"]))
    made = Series("1234" + middle + "PARS"[: draw(st.integers(0, 4))], draw(st.sampled_from(["", "A", "A10"])), digits,
                  first, last)  # fmt: skip
    return pars(made.number(first), made.number(last)) if is_number(Regime.ACI, "control", made.number(0)) else made


class TestSeries:
    @given(series())
    def test_each_number_is_found_where_it_stands_and_has_the_shape_of_its_ends(self, one: Series) -> None:
        for at in {one.first, (one.first + one.last) // 2, one.last}:
            number = one.number(at)
            assert one.place(number) == at
            assert is_number(Regime.ACI, "control", number) == is_number(Regime.ACI, "control", one.number(one.first))
        assert one.place(one.number(one.first)[:-1]) is None
        assert one.size == len(range(one.first, one.last + 1))

    @given(series())
    def test_two_ends_give_the_same_numbers_back(self, one: Series) -> None:
        first, last = one.number(one.first), one.number(one.last)
        if is_number(Regime.ACI, "control", first) and one.size > 1:
            again = pars(first, last)
            assert (again.number(again.first), again.number(again.last), again.size) == (first, last, one.size)

    @given(series(), LETTERS)
    def test_what_is_not_in_it_is_not_found(self, one: Series, more: str) -> None:
        assert one.place(one.number(one.first) + more + "Z") is None
        assert one.place("Z" + one.number(one.first)[1:]) is None
        assert one.place(one.number(one.last)[:-1] + "²") is None
        if one.first > 0:
            assert one.place(one.number(one.first - 1)) is None

    def test_letters_do_not_run(self) -> None:
        assert Series("1234", "", 4, 0, 9999).place("1234ABCD") is None
        assert Series("1234", "X", 4, 0, 9999).place("12340001Y") is None


class TestCommon:
    @given(series(), series())
    def test_two_ranges_meet_exactly_where_they_share_a_number(self, one: Series, other: Series) -> None:
        numbers = {one.number(at) for at in range(one.first, one.last + 1)}
        shared = sorted(numbers & {other.number(at) for at in range(other.first, other.last + 1)})
        assert common(one, other) == (shared[0] if shared else None)
        assert common(one, other) == common(other, one)

    def test_a_row_of_digits_may_begin_earlier_in_one_of_them(self) -> None:
        assert common(Series("12341", "", 3, 0, 50), Series("1234", "", 4, 1040, 2000)) == "12341040"
        assert common(Series("12341", "", 3, 0, 50), Series("1234", "", 4, 1051, 2000)) is None
        assert common(Series("1234A", "", 3, 0, 50), Series("1234", "", 4, 0, 2000)) is None

    def test_ranges_that_run_in_other_places_share_one_number_at_most(self) -> None:
        early, late = Series("1234A", "B10", 2, 0, 50), Series("1234A07B", "", 2, 0, 50)
        assert common(early, late) == "1234A07B10"
        assert common(early, late._replace(first=11)) is None
        assert common(early, Series("1234AXXB", "", 2, 0, 50)) is None
        assert common(Series("1234A", "BXX", 2, 0, 50), late) is None
        assert common(Series("1234", "A", 5, 0, 50), Series("123400", "", 4, 0, 50)) is None

    def test_widening_keeps_the_numbers(self) -> None:
        assert widened(Series("123410", "", 2, 5, 9), 4) == Series("1234", "", 4, 1005, 1009)
        assert widened(Series("1234A0", "", 2, 5, 9), 4) is None
        assert widened(Series("1234A0", "", 2, 5, 9), 6) == Series("1234A0", "", 2, 5, 9)
