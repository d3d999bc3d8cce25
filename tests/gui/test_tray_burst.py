"""How many notices a burst of news makes, and when: two at once, one at its end, good news gathered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.tray.burst import GOOD_EVERY_S, LONGEST_S, PAUSE_S, Burst, Due


class Play:
    """Plays news against a burst as the teller does: what is due is told at once, the rest when it says."""

    def __init__(self):
        self.burst = Burst()
        self.told = []
        self.urgent = self.good = 0

    def look(self, now):
        due = self.burst.due(now, has_urgent=self.urgent > 0, has_good=self.good > 0)
        if due is Due.NOTHING:
            return
        count, is_good = (self.good, True) if due is Due.GOOD else (self.urgent, False)
        if is_good:
            self.good = 0
        else:
            self.urgent = 0
        self.told.append((now, "good" if is_good else "urgent", count))
        self.burst.told(now, is_good=is_good)

    def wait(self):
        return self.burst.wait_s(self.now, has_urgent=self.urgent > 0, has_good=self.good > 0)

    def play(self, news, until):
        """`news` is (second, urgent?) in order; look when something comes and whenever the burst asks for it."""
        self.now = 0.0
        for at, is_urgent in [*news, (until, None)]:
            while (wait := self.wait()) is not None and self.now + wait <= at:
                self.now += wait
                before = len(self.told)
                self.look(self.now)
                assert len(self.told) > before, "it said it was due, and nothing was"
            self.now = at
            if is_urgent is None:
                break
            self.burst.news(at)
            if is_urgent:
                self.urgent += 1
            else:
                self.good += 1
            self.look(at)
        return self.told


def test_a_hold_pops_up_at_once():
    assert Play().play([(5.0, True)], 5.0) == [(5.0, "urgent", 1)]


def test_two_hundred_acceptances_make_one_notice():
    told = Play().play([(n * 0.01, False) for n in range(200)], 600.0)
    assert told == [(pytest.approx(1.99 + PAUSE_S), "good", 200)]


def test_slow_acceptances_come_every_five_minutes_at_most():
    told = Play().play([(float(n), False) for n in range(200)], 1_000.0)
    assert [kind for _, kind, _ in told] == ["good", "good"]
    assert told[1][0] - told[0][0] >= GOOD_EVERY_S


def test_a_hold_amid_acceptances_waits_for_nothing():
    news = [(n * 0.01, False) for n in range(100)] + [(1.0, True)] + [(1.0 + n * 0.01, False) for n in range(100)]
    told = Play().play(news, 600.0)
    assert told[0] == (1.0, "urgent", 1)
    assert [kind for _, kind, _ in told] == ["urgent", "good"]


def test_the_third_hold_of_a_burst_is_told_with_the_rest_at_its_end():
    told = Play().play([(float(n), True) for n in range(5)], 600.0)
    assert told == [(0.0, "urgent", 1), (1.0, "urgent", 1), (4.0 + PAUSE_S, "urgent", 3)]


def test_a_burst_that_never_ends_is_summed_up_every_minute():
    told = Play().play([(n * 0.5, True) for n in range(130)], 300.0)
    assert told[2][0] == pytest.approx(LONGEST_S)
    assert told[2][2] > 100


def test_news_after_a_pause_is_told_at_once_again():
    told = Play().play([(0.0, True), (1.0, True), (20.0, True), (40.0, True)], 100.0)
    assert [at for at, _, _ in told] == [0.0, 1.0, 20.0, 40.0]


@given(st.lists(st.tuples(st.floats(0.0, 5.9), st.booleans()), min_size=1, max_size=60))
def test_no_burst_makes_more_than_three_and_nothing_urgent_is_left_untold(steps):
    """Any news with no pause in it, whatever its kinds, up to the longest burst."""
    at, news = 0.0, []
    for step, is_urgent in steps:
        at += step
        if at < LONGEST_S:
            news.append((at, is_urgent))
    play = Play()
    play.play(news, LONGEST_S + PAUSE_S)
    assert len(play.told) <= 3
    assert play.urgent == 0
