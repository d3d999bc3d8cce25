"""Where a trip stands on the board: its group, its place in it, and when time alone may change that (ui design 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.lifecycle import Customs, Delivery, Verdict
from desktop.domain.times import zone_named
from desktop.services.views import TripRow

LATER: Final = timedelta(hours=12)
"""What arrives after that is not under way yet; what should have arrived before that is no longer waited for."""

_SLOW: Final = timedelta(minutes=5)
_NEAR: Final = timedelta(minutes=90)
_SOON: Final = timedelta(minutes=1)
_BEFORE_ARRIVAL: Final = (LATER, _NEAR, timedelta(minutes=60), timedelta(minutes=30), timedelta())
_OVER: Final = frozenset({Customs.RELEASED, Customs.CANCELLED})
_ARRIVED: Final = frozenset({Customs.ARRIVED, Customs.RELEASED, Customs.CANCELLED})
_ALL_WORSE_THAN_GO: Final = (Verdict.STOP, Verdict.WAIT, Verdict.UNKNOWN, Verdict.GO)


class Group(StrEnum):
    """A group of the board, from top to bottom; its name is `board.group.VALUE`."""

    NEEDS_YOU = "needs_you"
    UNDER_WAY = "under_way"
    LATER = "later"


_GROUPS: Final = tuple(Group)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One trip on the board.

    Attributes:
        trip: what is known of it.
        group: where it stands.
        order: its place in the group, smallest first.
        is_late: its arrival has passed and nobody has said that it arrived.
        changes_at: when time alone may change any of this (UTC); None where nothing is due.
    """

    trip: TripRow
    group: Group
    order: tuple[int, str, str, str]
    is_late: bool
    changes_at: datetime | None

    @property
    def needs_person(self) -> bool:
        """Whether a person must act."""
        return self.group is Group.NEEDS_YOU


def board_row(trip: TripRow, now: datetime) -> BoardRow | None:
    """Return where a trip stands on the board at `now`; None where it is not on it.

    On it are the trips of today by the clock of their port, those to come, those that should have arrived within the
    last half day, and every one that a person must see to and that is not over. Of those nobody has sent, no old ones.
    """
    needs = needs_person(trip)
    if not (_is_current(trip, now) or (needs and trip.customs not in _OVER)):
        return None
    moment = trip.eta.moment
    is_late = not is_draft(trip) and moment is not None and moment < now and trip.customs not in _ARRIVED
    if needs:
        group, tier = Group.NEEDS_YOU, _ALL_WORSE_THAN_GO.index(trip.readiness.verdict)
    elif is_draft(trip) or trip.customs is Customs.CANCELLED or moment is None or moment - now > LATER:
        group, tier = Group.LATER, int(trip.customs is Customs.CANCELLED)
    else:
        group, tier = Group.UNDER_WAY, 2 if trip.customs in _OVER else int(not is_late)
    arrival = moment.isoformat() if moment is not None else trip.eta.local.replace(" ", "T") or "~"
    return BoardRow(trip, group, (tier, arrival, trip.number, trip.id), is_late, _changes_at(trip, now))


def place_of(row: BoardRow) -> tuple[int, tuple[int, str, str, str]]:
    """Return what rows are put into order by."""
    return _GROUPS.index(row.group), row.order


def is_draft(trip: TripRow) -> bool:
    """Tell whether nothing of a trip has left the computer."""
    return trip.delivery is Delivery.NOT_SENT and trip.customs is Customs.NONE


def needs_person(trip: TripRow) -> bool:
    """Tell whether a person must see to a trip: it stops, nobody knows, or it waits for what a person must do."""
    if is_draft(trip) or trip.customs is Customs.CANCELLED:
        return False
    verdict = trip.readiness.verdict
    return verdict in {Verdict.STOP, Verdict.UNKNOWN} or (verdict is Verdict.WAIT and trip.readiness.must_act)


def _is_current(trip: TripRow, now: datetime) -> bool:
    if not trip.eta.local:
        return True
    if trip.eta.moment is not None and trip.eta.moment >= now - (timedelta() if is_draft(trip) else LATER):
        return True
    try:
        day = date.fromisoformat(trip.eta.local[:10])
    except ValueError:
        return True  # what nobody can read is not hidden
    return day >= now.astimezone(zone_named(trip.eta.zone)).date()


def _changes_at(trip: TripRow, now: datetime) -> datetime | None:
    """Return the next moment at which an hour ends, an answer is overdue or the arrival comes near."""
    moments = [trip.readiness.booth_from] if trip.readiness.booth_from is not None else []
    if trip.eta.moment is not None:
        moments += [trip.eta.moment - before for before in _BEFORE_ARRIVAL]
    moments += [reason.at + _SLOW for reason in trip.readiness.reasons if reason.at is not None]
    if trip.customs is Customs.TRANSMITTED or trip.delivery is Delivery.SENDING:
        moments.append(now + _SOON)
    return min((moment for moment in moments if moment > now), default=None)
