"""The log of the practice service."""

from __future__ import annotations

import pytest
from fakes.clock import ManualClock

from desktop.practice.journal import Journal, printable


def test_a_line_bears_its_time_and_stable_words():
    clock = ManualClock()
    journal = Journal(clock)
    journal.note("connection_opened", connection=3)
    assert str(journal.lines[0]) == f"{clock.now():%H:%M:%S} connection 3 opened"


def test_only_the_newest_lines_are_kept():
    journal = Journal(ManualClock())
    for number in range(10_003):
        journal.note("connection_opened", connection=number)
    assert len(journal.lines) == 10_000
    assert journal.lines[0].text == "connection 3 opened"


@pytest.mark.parametrize("word", ["AAAA123457A", "12-4PARS", "COMPLETE_TRIP_AND_SHIPMENTS"])
def test_numbers_and_types_are_printed(word):
    assert printable(word) == word


@pytest.mark.parametrize("word", [None, "", 7, "Sample Driver One", "a\nb", "x" * 41, ["A"]])
def test_anything_else_is_a_dash(word):
    assert printable(word) == "-"
