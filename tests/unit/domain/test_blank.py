"""A trip nobody has typed into is told from one that was left half-way."""

from __future__ import annotations

import pytest

from desktop.domain.blank import is_blank
from desktop.domain.lifecycle import Regime
from desktop.services.starting import EMPTY


@pytest.mark.parametrize("regime", list(Regime))
def test_a_trip_is_blank_with_and_without_its_number(regime):
    assert is_blank(EMPTY[regime])
    assert is_blank({**EMPTY[regime], "tripNumber": "AAAA00012", "sendId": "1"})


@pytest.mark.parametrize(
    "typed",
    [
        {"usPortOfArrival": "3801"},
        {"truck": {"number": "2013"}},
        {"truck": {"seals": ["S1"]}},
        {"drivers": [{"firstName": "Sample"}]},
        {"shipments": [{"type": "PAPS"}]},
        {"drivers": None},
    ],
)
def test_whatever_else_stands_in_it_was_put_there(typed):
    assert not is_blank({**EMPTY[Regime.ACE], **typed})


def test_what_is_no_trip_is_not_blank():
    assert not is_blank([])
