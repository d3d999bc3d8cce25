"""Numbers of the trade."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import numbers
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import VinDoubt, VinProblem, normal_number, normal_postal_code, odd_postal_letter, regime_of

VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def test_message_types_have_a_regime():
    assert regime_of("ACE_TRIP") is Regime.ACE
    assert regime_of("RNS_SHIPMENT") is Regime.ACI
    assert regime_of("API_RESPONSE") is None
    assert regime_of(["ACE_TRIP"]) is None


@pytest.mark.parametrize(
    ("regime", "typed", "normal"),
    [
        (Regime.ACE, "aaaa-754 321", "AAAA754321"),
        (Regime.ACI, "12-4pars 342133", "12-4PARS342133"),
        (Regime.ACE, "", ""),
    ],
)
def test_control_numbers_in_normal_form(regime, typed, normal):
    assert normal_number(regime, typed) == normal
    assert normal_number(regime, normal) == normal


def test_the_issuer_is_the_first_four():
    assert numbers.issuer_of("AAAA754321") == "AAAA"


@pytest.mark.parametrize(
    ("vin", "problem"),
    [
        ("1M8GDM9AXKP042788", None),
        ("11111111111111111", None),
        ("1M8GDM9A1KP042788", VinProblem(VinDoubt.CHECK_DIGIT, 9)),
        ("1M8GDM9AXKP04278Q", VinProblem(VinDoubt.LETTER, 17)),
        ("1M8GDM9AXKP0427888", VinProblem(VinDoubt.LENGTH, 18)),
        ("WDB9630031L123456", None),
    ],
)
def test_vins(vin, problem):
    assert numbers.vin_problem(vin) == problem


@given(st.text(VIN_LETTERS, min_size=17, max_size=17))
def test_a_vin_with_its_own_check_digit_is_sound(vin):
    vin = "1" + vin[1:]
    vin = vin[:8] + numbers.vin_check_digit(vin) + vin[9:]
    assert numbers.vin_problem(vin) is None


@given(st.text(max_size=25))
def test_any_text_may_be_asked_about(text):
    numbers.vin_problem(text)
    for country in ("US", "CA", "MX", "DE", ""):
        normal = normal_postal_code(country, text)
        assert normal is None or normal_postal_code(country, normal) == normal


@pytest.mark.parametrize(
    ("country", "typed", "normal"),
    [
        ("US", "48201", "48201"), ("US", "482011234", "48201-1234"), ("US", "48201-1234", "48201-1234"), ("US", "4820", None),
        ("CA", "n9a1a1", "N9A 1A1"), ("CA", "N9A 1A1", "N9A 1A1"), ("CA", "N9A-1A1", None), ("MX", "64000", "64000"),
        ("MX", "6400", None), ("DE", " D-28195 ", "D-28195"),
    ],
)  # fmt: skip
def test_postal_codes(country, typed, normal):
    assert normal_postal_code(country, typed) == normal


def test_letters_a_canadian_code_never_has():
    assert odd_postal_letter("N9A 1A1") is None
    assert odd_postal_letter("W9A 1A1") == "W"
    assert odd_postal_letter("N9W 1A1") is None
    assert odd_postal_letter("N9A 1O1") == "O"
    assert all(odd_postal_letter(f"A1A 1{letter}1") == letter for letter in "DFIOQU")
    assert set(string.ascii_uppercase) > {"W"}
