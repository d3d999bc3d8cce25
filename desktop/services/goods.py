"""Goods remembered per partner: learnt when a trip is sent, offered when the partner ships again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from desktop.domain.codes import fold
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.changes import Changes
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.goods import KnownGoods, NewGoods
from desktop.store.records import Trip

log = logging.getLogger(__name__)

_OF_THE_TRIP = frozenset({"loadedOn", "marksAndNumbers", "value"})
"""Members that belong to one journey or one invoice: filling them in again would put old facts before customs."""
_PARTIES = ("consignee", "shipper")
_NEEDED = ("quantity", "packagingUnit", "weight", "weightUnit")


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods a partner's shipments held before.

    Attributes:
        document: members of a commodity in the shape of the regime.
        times: how many sendings held them; `used_at` is the last of these.
        is_active: offered; False once they were forgotten.
    """

    id: str
    regime: Regime
    description: str
    document: JSONObject
    times: int
    used_at: datetime
    is_active: bool = True


class RememberedGoods:
    """What partners ship."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    async def known(self, company: str, regime: Regime, partner: str, words: str = "") -> list[Goods]:
        """Return what a partner shipped before, the latest first.

        Args:
            company: the carrier whose trips it was on.
            regime: the regime, since packages and units differ.
            partner: name of shipper or consignee as typed.
            words: every one of them stands in the description.
        """
        name = fold(partner).strip()
        found = await self._store.goods.of_partner(company, regime, name) if name else []
        wanted = fold(words).split()
        return [_made(one) for one in found if all(word in fold(one.description) for word in wanted)]

    async def of_partner(self, partner: str) -> list[Goods]:
        """Return everything remembered for a partner, whichever carrier and regime, forgotten ones last."""
        name = fold(partner).strip()
        return [_made(one) for one in await self._store.goods.of_name(name)] if name else []

    async def learn(self, company: str, regime: Regime, document: JSONObject) -> None:
        """Remember the goods of a trip's document for its shippers and consignees; half-typed lines are left out."""
        lines = list({(line.partner, fold(line.description)): line for line in lines_of(document)}.values())
        if lines:
            await self._store.goods.learn(company, regime, lines)
            self._changes.announce(Subject.LIBRARY)

    async def learn_from(self, trip: Trip) -> None:
        """Remember the goods of a trip that is on its way; where that fails, the sending is none the worse for it."""
        try:
            await self.learn(trip.company, trip.regime, trip.document)
        except DesktopError as error:
            log.warning("goods of trip %s not remembered: %s", trip.id, error.code)

    async def forget(self, goods_id: str) -> None:
        """Offer goods no more, until they are shipped again."""
        await self._store.goods.set_active(goods_id, False)
        self._changes.announce(Subject.LIBRARY)

    async def recall(self, goods_id: str) -> None:
        """Offer forgotten goods again."""
        await self._store.goods.set_active(goods_id, True)
        self._changes.announce(Subject.LIBRARY)


def lines_of(document: JSONObject) -> Iterator[NewGoods]:
    """Yield the complete lines of goods of a trip, once for each named party of their shipment."""
    for shipment in _objects(document.get("shipments")):
        names = list(dict.fromkeys(name for party in _PARTIES if (name := fold(_name(shipment.get(party))).strip())))
        for line in _objects(shipment.get("commodities")):
            description = line.get("description")
            if isinstance(description, str) and description.strip() and all(line.get(name) for name in _NEEDED):
                kept = {name: value for name, value in line.items() if name not in _OF_THE_TRIP}
                for name in names:
                    yield NewGoods(name, description.strip(), kept)


def _objects(rows: JSON) -> list[JSONObject]:
    return [row for row in rows if is_object(row)] if isinstance(rows, list) else []


def _name(party: JSON) -> str:
    name = party.get("name") if is_object(party) else ""
    return name if isinstance(name, str) else ""


def _made(known: KnownGoods) -> Goods:
    document = cast("JSONObject", dict(known.document))
    return Goods(known.id, known.regime, known.description, document, known.times, known.used_at, known.is_active)
