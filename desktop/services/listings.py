"""The results of reading commands in the shapes the command line promises (product, output shapes)."""

from __future__ import annotations

from typing import Any

from desktop.clock import to_text
from desktop.services.inbox import Inbox
from desktop.services.library import Library
from desktop.services.lookups import Lookups
from desktop.services.veil import Veil
from desktop.services.views import InboxCard, InboxFilter, ReadinessView, SendResult, ShipmentRow, TripRow
from desktop.store import Store

_KINDS = {"drivers": "driver", "trucks": "truck", "trailers": "trailer", "partners": "partner"}
_PAGE = 500


class Listings:
    """Lists and details as plain JSON values."""

    def __init__(self, store: Store, lookups: Lookups, inbox: Inbox, library: Library) -> None:
        self._store = store
        self._lookups = lookups
        self._inbox = inbox
        self._library = library

    async def items(
        self, kind: str, *, search: str = "", state: str | None = None, company: str | None = None
    ) -> list[dict[str, Any]]:
        """Return `trips`, `shipments`, `drivers`, `trucks`, `trailers` or `partners`."""
        names = await self._company_names()
        if kind == "trips":
            rows = await self._lookups.trips(company=company, search=search, state=state, limit=100_000, is_brief=True)
            return [trip_value(row, names) for row in rows]
        if kind == "shipments":
            found = await self._lookups.shipments(search=search, company=company, limit=100_000)
            return [
                {
                    **shipment_value(one),
                    "trip": one.trip,
                    "regime": one.regime.value,
                    "company": names.get(one.company, ""),
                }
                for one in found
                if state is None or one.clearance == state
            ]
        library = await self._library.items(_KINDS[kind], search=search, company=company)
        return [
            {"id": row.id, "key": row.key, "title": row.title, "subtitle": row.subtitle, "active": row.is_active}
            for row in library
        ]

    async def show(self, trip_id: str) -> dict[str, Any]:
        """Return state and history of a trip; no birth dates or document numbers."""
        detail = await self._lookups.trip(trip_id)
        names = await self._company_names()
        veil = Veil(detail.document, detail.row.regime)
        return {
            "trip": detail.row.number,
            "regime": detail.row.regime.value,
            "company": names.get(detail.row.company, ""),
            "delivery": detail.row.delivery.value,
            "customs": detail.row.customs.value,
            "readiness": readiness_value(detail.row.readiness),
            "shipments": [shipment_value(one) for one in detail.shipments],
            "history": [
                {"at": to_text(line.at), "what": line.what, "text": veil.over(line.text)} for line in detail.history
            ],
            "errors": [{"path": error.path, "text": veil.over(error.text)} for error in detail.server_errors],
        }

    async def inbox(self, wanted: InboxFilter) -> list[dict[str, Any]]:
        """Return every message that fits, newest first."""
        names = await self._company_names()
        items: list[dict[str, Any]] = []
        before: str | None = None
        while True:
            cards = await self._inbox.cards(wanted, before=before, limit=_PAGE)
            items.extend(card_value(card, names) for card in cards)
            if len(cards) < _PAGE:
                return items
            before = cards[-1].id

    async def _company_names(self) -> dict[str, str]:
        return {company.id: company.name for company in await self._store.companies.all()}


def trip_value(row: TripRow, names: dict[str, str]) -> dict[str, Any]:
    """Return one trip of a list."""
    return {
        "trip": row.number,
        "id": row.id,
        "regime": row.regime.value,
        "company": names.get(row.company, ""),
        "port": row.port,
        "eta": row.eta.local,
        "delivery": row.delivery.value,
        "customs": row.customs.value,
        "verdict": row.readiness.verdict.value,
        "shipments": row.shipments,
        "cleared": row.cleared,
        "holds": row.holds,
        "errors": row.errors,
        "warnings": row.warnings,
    }


def readiness_value(view: ReadinessView) -> dict[str, Any]:
    """Return a readiness with its reasons."""
    return {
        "verdict": view.verdict.value,
        "booth_from": None if view.booth_from is None else to_text(view.booth_from),
        "reasons": [{"code": reason.code, "text": reason.text} for reason in view.reasons],
    }


def shipment_value(one: ShipmentRow) -> dict[str, Any]:
    """Return one shipment with what is known of its clearance."""
    return {
        "number": one.number,
        "type": one.type,
        "clearance": one.clearance.value,
        "released": one.released,
        "holds": one.holds,
    }


def card_value(card: InboxCard, names: dict[str, str]) -> dict[str, Any]:
    """Return one message of the inbox."""
    return {
        "id": card.id,
        "received_at": to_text(card.received_at),
        "kind": card.kind,
        "category": card.category.value,
        "company": names.get(card.company, ""),
        "trip": card.trip,
        "shipment": card.shipment,
        "title": card.title,
        "text": card.text,
        "unread": card.is_unread,
        "repeats": card.repeats,
    }


def result_value(result: SendResult) -> dict[str, Any]:
    """Return what a send came to."""
    return {
        "trip": result.trip,
        "outcome": result.outcome.value,
        "customs": result.customs.value,
        "status": result.status,
        "errors": [{"path": path, "text": words} for path, words in result.errors],
        "warnings": [{"path": path, "text": words} for path, words in result.warnings],
        "next_step": result.next_step,
    }
