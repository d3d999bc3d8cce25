"""Tries grow apart by chance, never faster than one a second, and stop where trying cannot help."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.delivery.backoff import Trouble, is_worth_retrying, pauses


def test_pauses_double_up_to_a_minute():
    assert list(islice(pauses(lambda: 1.0), 8)) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert list(islice(pauses(lambda: 0.0), 8)) == [1, 1, 2, 4, 8, 16, 30, 30]


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=20, max_size=20))
def test_never_more_than_a_try_a_second_nor_a_minute_apart(chances):
    numbers = iter(chances)
    assert all(1 <= pause <= 60 for pause in islice(pauses(lambda: next(numbers)), 20))


FINAL = {Trouble.KEY_REFUSED, Trouble.TLS, Trouble.REDIRECT, Trouble.ADDRESS}


@pytest.mark.parametrize("trouble", list(Trouble))
def test_what_is_worth_another_try(trouble):
    assert is_worth_retrying(trouble) == (trouble not in FINAL)


def test_the_third_frame_above_the_limit_stops():
    assert [is_worth_retrying(Trouble.TOO_BIG, too_big_in_a_row=n) for n in (1, 2, 3)] == [True, True, False]
