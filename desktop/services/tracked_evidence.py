"""What was heard of control numbers, folded: one fold for each trip, one for each number that is on none."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.crossing.fold import Crossing, Heard, fold
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_numbers, numbers_by_place
from desktop.protocol.kinds import RNS_SHIPMENT, kind_of, text_at, unwrapped
from desktop.protocol.strict_json import UnreadableJSON, read
from desktop.services.border import transmitted_at
from desktop.services.standing import may_be_out, sent_number
from desktop.services.turns import Turns
from desktop.store import Store
from desktop.store.records import OutboxRow, Trip
from desktop.store.tracked import Gathered, Naming, TrackedNumber, TrackedShipment

_HEARD_KEPT = 6000
_FOLDS_KEPT = 4000


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known of one number.

    Attributes:
        number: as its shipment writes it, else as the messages do.
        shipments: those of its company that bear it, the newest last.
        shipment: the one that counts: on the trip that went out, else on the newest; None where there is none.
        trip: the trip of that shipment.
        is_sent: that trip left this computer.
        crossing: the fold that knows the number.
        release: the newest release notice (RNS) that names it; empty where none came.
        heard_as: how that message or the newest other one wrote the number.
    """

    kept: TrackedNumber
    number: str
    shipments: tuple[TrackedShipment, ...]
    shipment: TrackedShipment | None
    trip: Trip | None
    is_sent: bool
    crossing: Crossing
    release: JSONObject = field(default_factory=dict)
    heard_as: str = ""


class EvidenceSource:
    """Gathers and folds; keeps parsed messages and folds, so that a list is not worked out anew with each look."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heard: OrderedDict[int, Heard] = OrderedDict()
        self._folds: OrderedDict[tuple[object, ...], Crossing] = OrderedDict()

    async def of(self, numbers: Sequence[TrackedNumber], keys: Mapping[str, str]) -> list[Evidence]:
        """Return what is known of each number; one that nobody bears or names any more is left out.

        Args:
            numbers: which.
            keys: by company, the `companyKey` its messages may name; what names another key is another carrier's.
        """
        gathered = await self._store.tracked.gather([one.number for one in numbers])
        naming = _by_number(gathered.naming)
        await self._load({one.frame for one in (*gathered.naming, *gathered.of_trips)})
        outbox = await self._store.outbox.for_trips(list(gathered.trips))
        of_trips: dict[str, list[int]] = defaultdict(list)
        for one in gathered.of_trips:
            of_trips[one.of].append(one.frame)
        bearing: dict[tuple[str, str, str], list[TrackedShipment]] = defaultdict(list)
        for shipment in gathered.shipments:
            bearing[shipment.company, shipment.regime, shipment.number.casefold()].append(shipment)
        found: list[Evidence] = []
        turns = Turns()
        for kept in numbers:
            mine = [one for one in naming.get(kept.key, ()) if self._is_ours(one, keys.get(kept.company, ""))]
            shipments = bearing.get(kept.key, [])
            if mine or shipments:
                found.append(self._one(kept, shipments, mine, gathered, naming, of_trips, outbox))
            await turns.take()
        return found

    def _one(
        self,
        kept: TrackedNumber,
        shipments: Sequence[TrackedShipment],
        mine: Sequence[Naming],
        gathered: Gathered,
        naming: Mapping[tuple[str, str, str], list[Naming]],
        of_trips: Mapping[str, list[int]],
        outbox: Mapping[str, list[OutboxRow]],
    ) -> Evidence:
        shipment = _that_counts(shipments, outbox)
        trip = gathered.trips[shipment.trip] if shipment is not None and shipment.trip else None
        number = kept.number if shipment is None else shipment.number
        rows: Sequence[OutboxRow] = ()
        if trip is None:
            crossing = self._fold(kept.regime, [one.frame for one in mine], [number or mine[0].of])
        else:
            rows = outbox[trip.id]
            on_it = control_numbers(trip.document)
            frames = [*of_trips[trip.id], *(one.frame for one in mine)]
            for other in on_it:
                frames += [one.frame for one in naming.get((kept.company, kept.regime, other.casefold()), ())]
            crossing = self._fold(
                trip.regime, frames, numbers_by_place(trip.document), transmitted_at(rows), sent_number(trip, rows)
            )
        release = self._release(mine)
        return Evidence(
            kept=kept,
            number=number,
            shipments=tuple(shipments),
            shipment=shipment,
            trip=trip,
            is_sent=any(may_be_out(row) for row in rows),
            crossing=crossing,
            release=release,
            heard_as=text_at(release, "cargoControlNumber") or (mine[-1].of if mine else ""),
        )

    def _is_ours(self, one: Naming, key: str) -> bool:
        value = unwrapped(self._heard[one.frame].value)
        named = text_at(value, "companyKey") if is_object(value) else ""
        return not (named and key and named != key)

    def _release(self, mine: Iterable[Naming]) -> JSONObject:
        """Return the release notice that is the newest by the order of the fold."""
        best: tuple[tuple[str, int, str], JSONObject] | None = None
        for one in mine:
            value = unwrapped(self._heard[one.frame].value)
            is_release = is_object(value) and kind_of(value) == RNS_SHIPMENT
            news = self._heard[one.frame].news if is_release else None
            if news is not None and is_object(value) and (best is None or news.order > best[0]):
                best = (news.order, value)
        return best[1] if best is not None else {}

    def _fold(
        self,
        regime: Regime,
        frames: Iterable[int],
        numbers: Sequence[str],
        sent_at: datetime | None = None,
        trip: str = "",
    ) -> Crossing:
        ids = tuple(sorted(set(frames)))
        key = (regime, ids, tuple(numbers), sent_at, trip)
        if key in self._folds:
            self._folds.move_to_end(key)
            return self._folds[key]
        spelled = {number.casefold(): number for number in numbers}
        heard = [_spelled(self._heard[one], spelled) for one in ids]
        crossing = fold(regime, heard, numbers, sent_at, trip=trip)
        self._folds[key] = crossing
        if len(self._folds) > _FOLDS_KEPT:
            self._folds.popitem(last=False)
        return crossing

    async def _load(self, frames: set[int]) -> None:
        wanted = sorted(frames - self._heard.keys())
        turns = Turns()
        for frame in await self._store.tracked.frames(wanted) if wanted else ():
            try:
                value = read(frame.body)
            except UnreadableJSON:
                value = None
            self._heard[frame.id] = Heard(str(frame.id), frame.received_at, value)
            await turns.take()
        for one in frames:
            self._heard.move_to_end(one)
        while len(self._heard) > max(_HEARD_KEPT, len(frames)):
            self._heard.popitem(last=False)


def _by_number(naming: Iterable[Naming]) -> dict[tuple[str, str, str], list[Naming]]:
    found: dict[tuple[str, str, str], list[Naming]] = defaultdict(list)
    for one in naming:
        found[one.company, str(one.regime), one.of.casefold()].append(one)
    return found


def _that_counts(shipments: Sequence[TrackedShipment], outbox: Mapping[str, list[OutboxRow]]) -> TrackedShipment | None:
    """Return the shipment on the trip that went out last, else on the newest trip, else the newest by itself."""

    def rank(one: TrackedShipment) -> tuple[bool, bool, str]:
        is_out = one.trip is not None and any(may_be_out(row) for row in outbox[one.trip])
        return is_out, one.trip is not None, one.id

    return max(shipments, key=rank, default=None)


def _spelled(heard: Heard, numbers: Mapping[str, str]) -> Heard:
    """Return a message with our control numbers spelled as our shipments spell them: case tells none from another."""
    value = _respelled(heard.value, numbers)
    return heard if value == heard.value else replace(heard, value=value)


def _respelled(value: JSON, numbers: Mapping[str, str]) -> JSON:
    if isinstance(value, str):
        return numbers.get(value.casefold(), value)
    if isinstance(value, list):
        return [_respelled(one, numbers) for one in value]
    if isinstance(value, dict):
        return {name: _respelled(one, numbers) for name, one in value.items()}
    return value
