"""Knows when each company's line listened, so that nobody takes silence for good news (reliability 4.5, product).

Lines say when they come up and go down. What ends without a word (a crash, a kill, power, a computer that sleeps) is
known by a beat: it is written once a minute while anything is connected, and never while nothing is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from desktop.clock import Clock
from desktop.crossing.gap import Gap
from desktop.errors import EnvironmentFailure
from desktop.store import Store
from desktop.store.listening import Heard, Turn
from desktop.tasks import TaskKeeper

log = logging.getLogger(__name__)

SHORTEST: Final = timedelta(seconds=60)
"""A shorter interruption does not count."""

BEAT_S: Final = 30.0
"""How often the clocks are looked at while something is connected; every second time is written."""

_ASLEEP: Final = timedelta(seconds=BEAT_S) + SHORTEST
"""A beat that comes so late means that the computer slept or the program stood still."""

_SURE: Final = timedelta(seconds=30)
"""So long a line must be up before it is known to be alive: the keep-alive notices a dead one within 25 s."""

_FRESH: Final = timedelta(seconds=150)
"""So old may the last beat be for a reader beside the owner; two and a half minutes forgive one late write."""

_KEPT_FOR: Final = timedelta(days=3)


class Listening:
    """When each company was listened to.

    Attributes:
        on_missed: called with the companies nobody listened to for a while, though their lines stayed up.
    """

    def __init__(self, store: Store, clock: Clock, *, is_owned: bool = True, keeper: TaskKeeper | None = None) -> None:
        """Make it.

        Args:
            store: where it is kept.
            clock: the time.
            is_owned: for a reader: whether somebody owns the folder at all.
            keeper: keeps the beat; None for a reader, who tells nothing and only looks.
        """
        self._store = store
        self._clock = clock
        self._is_owned = is_owned
        self._keeper = keeper
        self._up: set[str] = set()
        self._coming: set[str] = set()
        self._beaten: tuple[datetime, datetime] = (clock.now(), clock.now())  # looked at, written
        self._timer: asyncio.TimerHandle | None = None
        self._known: dict[str, tuple[datetime, Heard]] = {}
        self._turn = 0
        self.on_missed: Callable[[list[str]], object] = lambda _: None

    # What the lines tell

    async def began(self, companies: Iterable[str]) -> None:
        """These companies are connected now."""
        names = sorted(companies)
        self._coming.update(names)
        await self._store.listening.began(names)
        self._forget()
        if not self._up:
            self._beaten = (self._clock.now(), self._clock.now())
        self._up.update(self._coming.intersection(names))  # only now is the gap before it known to whoever asks
        self._coming.difference_update(names)
        if self._up and self._timer is None and self._keeper is not None:
            self._wait()

    def hush(self, companies: Iterable[str]) -> None:
        """These companies are connected no more; `ended` notes it."""
        names = set(companies)
        self._up -= names
        self._coming -= names
        if not self._up and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def ended(self, companies: Iterable[str], detail: str = "") -> None:
        """Note that these companies are connected no more."""
        names = sorted(companies)
        self.hush(names)
        await self._store.listening.ended(names, detail)
        self._forget()

    def _forget(self) -> None:
        self._turn += 1
        self._known.clear()

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(BEAT_S, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        if self._up and self._keeper is not None:
            self._wait()
            self._keeper.start(self.beat(), name="note that somebody listens")

    async def beat(self) -> bool:
        """Note that the lines are up at this moment; tell whether it came so late that there is a gap before it."""
        now, (looked, written) = self._clock.now(), self._beaten
        names = sorted(self._up)
        if not names:
            return False
        slept = now - looked >= _ASLEEP
        is_back = now < written  # the clock was set back: what was written lies ahead of it
        if not slept and not is_back and now - written < SHORTEST:
            self._beaten = (now, written)
            return False
        self._beaten = (now, now)
        try:
            if slept or is_back:
                await self._store.listening.missed(names, min(looked, now))
                self._forget()
                self.on_missed(names)
            else:
                await self._store.listening.beat(names)
        except EnvironmentFailure as error:
            log.warning("beat not written: %s", error.code)  # disk full and the like: the next one is tried
        return slept

    # What others ask

    @property
    def has_owner(self) -> bool:
        """Whether somebody owns these data at all, so that a short break may end by itself."""
        return self._keeper is not None or self._is_owned

    async def is_listening(self, company: str) -> bool:
        """Tell whether messages for a company can arrive at this moment.

        The owner knows by its line, but for the moments after a sleep in which no beat has come yet. A reader beside
        it goes by the last beat, which is a minute old at most.
        """
        if self._keeper is not None:
            return company in self._up and self._clock.now() - self._beaten[0] < _ASLEEP
        if not self._is_owned:
            return False
        heard = await self._store.listening.heard(company, self._clock.now())
        is_up = bool(heard.turns) and heard.turns[-1].is_up
        return is_up and heard.last is not None and self._clock.now() - heard.last <= _FRESH

    async def gaps(self, company: str, since: datetime) -> tuple[Gap, ...]:
        """Return the times from `since` on in which nobody listened for a company, oldest first.

        Those shorter than a minute are left out. The last one has no end while nobody listens. Before the first
        connection nobody listened either.
        """
        now = self._clock.now()
        heard = await self._heard(company, min(since, now), now)
        is_up = await self.is_listening(company)
        if company in self._up:  # beats are not read again each time
            heard = heard._replace(last=self._beaten[0])
        return gaps_in(heard, since, now, is_up=is_up)

    async def _heard(self, company: str, since: datetime, now: datetime) -> Heard:
        if self._keeper is None or since < now - _KEPT_FOR:
            return await self._store.listening.heard(company, since)
        kept = self._known.get(company)
        if kept is None or kept[0] > since:
            floor, turn = min(since, now - _KEPT_FOR), self._turn
            kept = (floor, await self._store.listening.heard(company, floor))
            if turn == self._turn:  # else a line came or went while this was read
                self._known[company] = kept
        return kept[1]


def gaps_in(heard: Heard, since: datetime, now: datetime, *, is_up: bool) -> tuple[Gap, ...]:
    """Return the gaps in what was heard from `since` until `now`.

    Args:
        heard: ups and downs, and the last beat.
        since: from when on.
        now: until when.
        is_up: whether somebody listens now.
    """
    spans: list[tuple[datetime, datetime | None]] = []
    deaf_since: datetime | None = since
    up_at = since
    for turn in _in_order(heard.turns, now):
        if turn.is_up:
            if deaf_since is None:  # it came up twice: nothing is known of the time between
                deaf_since = up_at
            spans.append((deaf_since, turn.at))
            deaf_since, up_at = None, turn.at
        elif deaf_since is None:
            deaf_since = turn.at
    if deaf_since is None and not is_up:
        deaf_since = max(up_at, heard.last or up_at)
    if deaf_since is not None:
        spans.append((deaf_since, now if is_up else None))
    return tuple(_as_gaps(spans, since, now))


def _in_order(turns: Sequence[Turn], now: datetime) -> list[Turn]:
    """Return the turns with times that never run backwards: what was noted before a clock was set back came before."""
    ordered = []
    for turn in reversed(turns):
        now = min(now, turn.at)
        ordered.append(Turn(now, turn.is_up))
    ordered.reverse()
    return ordered


def _as_gaps(spans: list[tuple[datetime, datetime | None]], since: datetime, now: datetime) -> Iterable[Gap]:
    merged: list[Gap] = []
    for start, end in spans:
        begin = max(start, since)
        if end is not None and end <= begin:
            continue
        if merged and merged[-1].until is not None and begin - merged[-1].until < _SURE:
            merged[-1] = Gap(merged[-1].since, end)
        else:
            merged.append(Gap(begin, end))
    return [gap for gap in merged if (gap.until or now) - gap.since >= SHORTEST]
