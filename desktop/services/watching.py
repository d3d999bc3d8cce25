"""Notices what did not happen: an answer, an entry, a send, listening. Each is kept, told once, and ends by itself.

Nothing polls: it looks a little after something changed, and at the next moment at which something may be so by itself
(half a minute apart at least); and only at trips that are near or were sent lately.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from desktop.clock import Clock, from_text, to_text
from desktop.crossing.alert import WITH_CUSTOMS, Alert, Standing, What, alerts, missing, waits
from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.crossing.readiness import FAST_REVIEW, REVIEW
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.listening import Listening
from desktop.services.local_fact import LocalFacts
from desktop.services.may_go import is_fast
from desktop.services.noticed import AlertView, Missed, MissedTrip
from desktop.services.standing import delivery_of
from desktop.services.views import Changed, Subject
from desktop.store import Store
from desktop.store.alert import NewAlert, StoredAlert
from desktop.store.records import OutboxRow, Trip
from desktop.tasks import TaskKeeper
from desktop.texts import text

LOOKED: Final = "looked_at"
"""Name of the local fact that says when a person looked at BorderConnect's own site and found nothing new."""

_SOON_S: Final = 2.0
_LEAST_S: Final = 30.0
_MOST_S: Final = 60 * 60.0
_ASKED: Final = frozenset(
    {
        *(OutboxState.IN_FLIGHT, OutboxState.ACCEPTED_PENDING, OutboxState.ACKED, OutboxState.PARTIAL),
        *(OutboxState.UNCERTAIN, OutboxState.CONFLICT),
    }
)
_REGARDED: Final = frozenset({Subject.TRIP, Subject.INBOX, Subject.LINK})


class Watching:
    """Keeps `alerts` true.

    Attributes:
        on_owed: called with the companies that customs owes an answer, and since when (UTC).
    """

    def __init__(
        self,
        store: Store,
        border: Border,
        listening: Listening,
        local: LocalFacts,
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
    ) -> None:
        self._store = store
        self._border = border
        self._listening = listening
        self._local = local
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._looking = asyncio.Lock()
        self._is_on = False
        self.on_owed: Callable[[Mapping[str, datetime]], object] = lambda _: None
        changes.subscribe(self._on_change)

    def start(self) -> None:
        """Look now, and from now on whenever it may matter."""
        self._is_on = True
        self._look_in(0.0)

    def stop(self) -> None:
        """Look no more."""
        self._is_on = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_change(self, changed: Changed) -> None:
        if changed.subject in _REGARDED:
            self._look_in(_SOON_S)

    def _look_in(self, seconds: float) -> None:
        if not self._is_on:
            return
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        if self._timer is not None:
            if self._due <= due:
                return
            self._timer.cancel()
        self._due = due  # the handle of the window's loop does not say it
        self._timer = loop.call_later(seconds, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        if self._is_on:
            self._keeper.start(self.look(), name="look what did not happen")

    async def look(self) -> None:
        """Bring the alerts up to date with what is so now, and say which moment is the next."""
        async with self._looking:
            moment = await self._look()
        wait = _MOST_S if moment is None else (moment - self._clock.now()).total_seconds()
        self._look_in(min(_MOST_S, max(_LEAST_S, wait)))

    async def _look(self) -> datetime | None:
        now = self._clock.now()
        ids = set(await self._store.alerts.near())
        opened = await self._store.alerts.open_ones()
        ids.update(one.trip for one in opened)
        trips = [await self._store.trips.get(one) for one in sorted(ids)]
        rows = await self._store.outbox.for_trips([trip.id for trip in trips])
        crossings = await self._border.of_trips([trip for trip in trips if rows[trip.id]])
        wanted: list[NewAlert] = []
        moments = []
        owed: dict[str, datetime] = {}
        for trip in trips:
            if trip.deleted_at is not None:
                continue
            standing = await self._standing(trip, rows[trip.id], crossings.get(trip.id) or Crossing(trip.regime))
            found, moment = alerts(standing, now)
            if waits(standing) and standing.transmitted_at is not None:
                owed[trip.company] = min(standing.transmitted_at, owed.get(trip.company, now))
            wanted += [_kept(trip, alert) for alert in found]
            if moment is not None:
                moments.append(moment)
        self.on_owed(owed)
        known = {(one.trip, one.what, one.number): one for one in opened}
        asked = {(one.trip, one.what, one.number) for one in wanted}
        new = [one for one in wanted if (one.trip, one.what, one.number) not in known]
        ended = [one.id for key, one in known.items() if key not in asked]
        if new or ended:
            await self._store.alerts.turn(new, ended)
            changed = {one.trip for one in new} | {one.trip for key, one in known.items() if key not in asked}
            self._changes.announce(Subject.ALERT, changed, self)
        return min(moments, default=None)

    async def _standing(self, trip: Trip, rows: Sequence[OutboxRow], crossing: Crossing) -> Standing:
        asked = [row for row in rows if _is_asked(row)]
        last = max(asked, key=lambda row: row.claimed_at or row.created_at, default=None)
        began = min((row.claimed_at for row in asked if row.claimed_at is not None), default=crossing.first_at)
        gaps: tuple[Gap, ...] = ()
        if began is not None and trip.company and crossing.customs in WITH_CUSTOMS:
            gaps = await self._listening.gaps(trip.company, min(began, crossing.first_at or began))
        review = FAST_REVIEW if is_fast(trip) else REVIEW
        return Standing(
            customs=crossing.customs,
            delivery=delivery_of(rows),
            eta=trip.eta_utc,
            transmitted_at=None if last is None else last.claimed_at,
            is_answered=last is not None and await self._border.has_answered(trip, last),
            is_filed=crossing.is_filed,
            booth_from=_booth_from(crossing, review),
            missing=missing(crossing, trip.document),
            gaps=gaps,
            looked_at=looked_at(trip),
            review=review,
        )

    # What others ask

    async def untold(self) -> list[AlertView]:
        """Return what is wrong now and was not told yet, also not by an earlier start of the program."""
        return await self._views([one for one in await self._store.alerts.open_ones() if one.told_at is None])

    async def mark_told(self, ids: Iterable[str]) -> None:
        """A person was told of these."""
        await self._store.alerts.mark_told(ids)

    async def missed(self) -> Missed | None:
        """Return in which time nobody listened while trips were with customs that nobody has looked after since."""
        found = [one for one in await self._store.alerts.open_ones() if one.what == What.GAP]
        if not found:
            return None
        trips = []
        for one in {one.trip: one for one in found}.values():
            trip = await self._store.trips.get(one.trip)
            crossing = await self._border.of_trip(trip)
            trips.append(_missed_trip(trip, crossing))
        trips.sort(key=lambda trip: (trip.eta, trip.trip))
        spans = [(_time(one.detail, "since", one.at), _time(one.detail, "until", one.at)) for one in found]
        return Missed(min(since for since, _ in spans), max(until for _, until in spans), tuple(trips))

    async def looked(self, trip_ids: Sequence[str]) -> dict[str, object]:
        """A person looked at BorderConnect's own site for these trips and found nothing new.

        Returns:
            What stood there before, for `take_back`.
        """
        now = self._clock.now()
        before: dict[str, object] = {one: await self._local.put(one, LOOKED, to_text(now)) for one in trip_ids}
        await self._store.alerts.note([NewAlert(trip_id, "looked", "", now, {}) for trip_id in trip_ids])
        await self.look()
        return before

    async def take_back(self, before: dict[str, object]) -> None:
        """It was said by mistake: the trips are unseen again."""
        for trip_id, value in before.items():
            await self._local.put(trip_id, LOOKED, value if isinstance(value, str) else None)
        now = self._clock.now()
        await self._store.alerts.note([NewAlert(trip_id, "not_looked", "", now, {}) for trip_id in before])
        await self.look()

    async def _views(self, found: Sequence[StoredAlert]) -> list[AlertView]:
        groups: dict[tuple[str, str], list[StoredAlert]] = {}
        for one in found:
            groups.setdefault((one.trip, one.what), []).append(one)
        return [_view(await self._store.trips.get(trip), group) for (trip, _), group in groups.items()]


def _booth_from(crossing: Crossing, review: timedelta) -> datetime | None:
    """Return when the time customs wants has passed; each shipment has its own from its acceptance (T01)."""
    if crossing.on_file_at is None:
        return None
    each = [one.on_file_at for one in crossing.shipments.values() if one.on_file_at is not None]
    return max([crossing.on_file_at, *each]) + review


def _is_asked(row: OutboxRow) -> bool:
    """Tell whether customs was, or may have been, asked by this row."""
    return (row.kind == "send_request" or row.auto_send) and row.state in _ASKED and row.claimed_at is not None


def looked_at(trip: Trip) -> datetime | None:
    """Return when a person last looked for himself after a trip."""
    value = trip.local.get(LOOKED)
    try:
        return from_text(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _kept(trip: Trip, alert: Alert) -> NewAlert:
    detail: JSONObject = {}
    number = alert.number
    if alert.gap is not None and alert.gap.until is not None:
        detail = {"since": to_text(alert.gap.since), "until": to_text(alert.gap.until)}
        number = to_text(alert.gap.since)
    return NewAlert(trip.id, alert.what, number, alert.at, detail)


def _time(detail: JSONObject, name: str, default: datetime) -> datetime:
    value = detail.get(name)
    return from_text(value) if isinstance(value, str) else default


def _missed_trip(trip: Trip, crossing: Crossing) -> MissedTrip:
    from desktop.services.lookups import port_name

    return MissedTrip(
        trip.id, trip.number, trip.regime, port_name(trip.regime, trip.port), trip.eta_local, crossing.customs
    )


def _view(trip: Trip, group: Sequence[StoredAlert]) -> AlertView:
    what = What(group[0].what)
    numbers = tuple(one.number for one in group) if what is What.NOT_CLEARED else ()
    return AlertView(
        ids=tuple(one.id for one in group),
        what=what,
        trip_id=trip.id,
        trip=trip.number,
        regime=trip.regime,
        company=trip.company,
        numbers=numbers,
        at=group[0].at,
        title=text(f"watch.{what}.title", trip=trip.number or text("watch.no_number")),
        text=_words_of(what, trip, numbers),
    )


def _words_of(what: What, trip: Trip, numbers: Sequence[str]) -> str:
    """Return an alert as a sentence: the fact, then what to do."""
    who = text("crossing.who.cbp" if trip.regime is Regime.ACE else "crossing.who.cbsa")
    review = FAST_REVIEW if is_fast(trip) else REVIEW
    minutes = int(review.total_seconds()) // 60
    named = ", ".join(numbers)
    return text(f"watch.{what}.text", who=who, count=max(1, len(numbers)), numbers=named, minutes=minutes)
