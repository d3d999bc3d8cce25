"""Bars as widths; that a reader agrees is proven on paper (tests/gui/test_paper.py)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.bars import (
    SHIPMENT_SIZES,
    TRIP_SIZES,
    BarCode,
    NotEncodableError,
    Symbology,
    code_39,
    code_128,
    fit,
)

NUMBERS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=25)
DPI = 1200


@given(NUMBERS)
def test_code_39_letters_have_six_narrow_and_three_wide_elements(number):
    widths = code_39(number, narrow=2, wide=6)
    assert len(widths) == 9 * (len(number) + 2) + len(number) + 1
    assert len(widths) % 2 == 1
    assert sum(widths) == (len(number) + 2) * (6 * 2 + 3 * 6) + (len(number) + 1) * 2


@given(st.text(alphabet=[chr(code) for code in range(32, 127)], min_size=1, max_size=30))
def test_code_128_symbols_are_eleven_modules_and_the_stop_thirteen(number):
    widths = code_128(number, module=3)
    assert sum(widths) == 3 * (11 * (len(number) + 2) + 13)
    assert len(widths) % 2 == 1


def test_code_128_check_letter_is_that_of_the_standard():
    # "PJJ123C" is the textbook's: 54 after start A, so 55 after start B
    alone = code_128("W", module=1)[6:12]  # value 55
    assert code_128("PJJ123C", module=1)[-13:-7] == alone


@pytest.mark.parametrize("number", ["", "é", "abc", "A\nB"])
def test_code_39_refuses_what_it_has_no_bars_for(number):
    with pytest.raises(NotEncodableError) as told:
        code_39(number, narrow=1, wide=3)
    assert told.value.code == "sheet.not_encodable"
    assert told.value.values == {"symbology": "code39", "length": len(number)}


@pytest.mark.parametrize("number", ["", "é", "A\nB"])
def test_code_128_refuses_what_it_has_no_bars_for(number):
    with pytest.raises(NotEncodableError):
        code_128(number, module=1)


def test_short_numbers_get_the_widest_bars():
    found = fit("AAAA1234", Symbology.CODE_39, TRIP_SIZES[Symbology.CODE_39], room=int(7.5 * DPI), dots_per_inch=DPI)
    assert isinstance(found, BarCode)
    assert (min(found.widths), max(found.widths)) == (24, 72)
    assert found.quiet == 300  # a quarter of an inch
    found = fit("1234T124", Symbology.CODE_128, TRIP_SIZES[Symbology.CODE_128], room=int(7.5 * DPI), dots_per_inch=DPI)
    assert isinstance(found, BarCode)
    assert min(found.widths) == 36
    assert found.quiet == 360  # ten narrow bars


@pytest.mark.parametrize("symbology", list(Symbology))
@pytest.mark.parametrize("inches", [7.27, 7.5])
@pytest.mark.parametrize("sizes", [TRIP_SIZES, SHIPMENT_SIZES])
@pytest.mark.parametrize("dots_per_inch", [203, 300, 600, 1200])
def test_the_longest_number_fits_on_every_paper(symbology, inches, sizes, dots_per_inch):
    room = int(inches * dots_per_inch)
    found = fit("W" * 25, symbology, sizes[symbology], room=room, dots_per_inch=dots_per_inch)
    assert found is not None
    assert found.full_width <= room
    assert min(found.widths) / dots_per_inch >= 0.0145


def test_what_cannot_fit_is_said_to_have_no_bars():
    sizes = TRIP_SIZES[Symbology.CODE_39]
    assert fit("W" * 60, Symbology.CODE_39, sizes, room=9000, dots_per_inch=DPI) is None
