"""Until when a message is put off, in the nights in which the clocks change."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from desktop.ui.inbox.card_words import snooze_choices


@pytest.fixture
def toronto(monkeypatch):
    """This computer stands in Toronto."""
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("evening", ["2026-10-31 21:00", "2026-03-07 21:00", "2026-11-24 21:00"])
def test_tomorrow_at_eight_is_eight_by_the_clock_on_the_wall(toronto, evening):
    now = datetime.fromisoformat(evening).astimezone()
    words, moment = snooze_choices(now, None)[2]
    assert (moment.astimezone().hour, moment.astimezone().minute) == (8, 0)
    assert (moment.astimezone().date() - now.date()).days == 1
    assert "08:00" in words
