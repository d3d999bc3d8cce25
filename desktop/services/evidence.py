"""The evidence of one trip: everything this computer kept of it, in one file that can be handed on (domain 9).

A JSON file holds it for programs, a PDF for people. Private data of people are covered unless somebody chooses else;
keys are covered in any case. What was covered is said. The hash is that of the bytes as they went out or came in.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.clock import Clock, to_text
from desktop.domain.documents import Missing
from desktop.errors import UsageError
from desktop.printing.sheet import Sheet, SheetKind
from desktop.services.covering import Cover
from desktop.services.files import write_output
from desktop.services.inbox import value_of
from desktop.services.listings import readiness_value
from desktop.services.lookups import Lookups
from desktop.services.records import every_message
from desktop.services.sheets import SheetOptions, Sheets
from desktop.services.views import TripDetail
from desktop.store import Store
from desktop.store.records import Frame, InboxItem, OutboxRow
from desktop.texts import text

if TYPE_CHECKING:
    from datetime import datetime

FORMAT: Final = "emanifest-desk-evidence/1"
SUFFIXES: Final = (".pdf", ".json")


class Evidence:
    """Writes the whole history of a trip into a file for the user's eyes only.

    Attributes:
        draw: makes a PDF of a sheet; the part of the program that can draw sets it.
    """

    def __init__(self, store: Store, lookups: Lookups, sheets: Sheets, clock: Clock) -> None:
        self._store = store
        self._lookups = lookups
        self._sheets = sheets
        self._clock = clock
        self.draw: Callable[[Sheet], bytes] | None = None

    async def write(self, trip_id: str, path: str | Path, *, with_private: bool = False) -> None:
        """Write everything known of a trip; a PDF or JSON by the file's suffix. Whole or not at all.

        Args:
            trip_id: which trip.
            path: where to; only the user can read it.
            with_private: whether birth dates, document numbers and their like are in it.

        Raises:
            NotFound: there is no such trip.
            UsageError: the suffix is neither, or nobody here can draw.
            EnvironmentFailure: it cannot be written.
        """
        suffix = Path(path).suffix.lower()
        if suffix == ".json":
            value = await self.value(trip_id, with_private=with_private)
            data = await asyncio.to_thread(_packed, value)
        elif suffix == ".pdf" and self.draw is not None:
            options = SheetOptions(with_private=with_private)
            sheet = await self._sheets.make(SheetKind.EVIDENCE, trip_id, options)
            data = await asyncio.to_thread(self.draw, sheet)
        else:
            raise UsageError("evidence.suffix", file=str(path))
        await asyncio.to_thread(write_output, str(path), data, is_private=True)

    async def value(self, trip_id: str, *, with_private: bool = False) -> dict[str, Any]:
        """Return everything known of a trip as a JSON value.

        Raises:
            NotFound: there is no such trip.
        """
        detail = await self._lookups.trip(trip_id)
        row = detail.row
        cover = Cover(detail.document, row.regime, is_open=with_private)
        outbox = [(one, await self._store.outbox.payload(one.id)) for one in await self._store.outbox.for_trip(trip_id)]
        for one, payload in outbox:
            cover.learn(json.loads(payload), one.regime)
        versions = await self._versions(trip_id, [one for one, _ in outbox], cover, detail)
        company = await self._store.companies.by_id(row.company) if row.company else None
        made: dict[str, Any] = {
            "format": FORMAT,
            "made_at": to_text(self._clock.now()),
            "times": text("evidence.times"),
            "is_practice": await self._store.kind() == "practice",
            "with_private": with_private,
            "trip": {
                "number": row.number,
                "regime": row.regime.value,
                "company": "" if company is None else company.name,
                "port": row.port,
                "eta": row.eta.local,
                "zone": row.eta.zone,
                "delivery": row.delivery.value,
                "customs": row.customs.value,
                "readiness": cover.value(readiness_value(row.readiness)),
            },
            "document": cover.value(detail.document),
            "history": [
                {"at": to_text(line.at), "what": line.what, "text": cover.over(line.text)} for line in detail.history
            ],
            "versions": versions,
            "sent": [_sent(one, payload, cover) for one, payload in outbox],
            "delivery_log": [_plain(one._asdict()) for one in await self._store.delivery_log.of_trip(trip_id)],
            "received": await self._received(trip_id, cover),
            "printed": [await self._printed(one, cover) for one in await self._store.printed.of_trip(trip_id)],
            "alerts": [cover.value(_plain(one._asdict())) for one in await self._store.alerts.of_trip(trip_id)],
        }
        made["covered"] = list(cover.told)
        made["note"] = text("evidence.note_open") if with_private else text("evidence.note")
        return made

    async def _versions(
        self, trip_id: str, outbox: list[OutboxRow], cover: Cover, detail: TripDetail
    ) -> list[dict[str, Any]]:
        """Return the documents as they were when something was made of them, or when somebody wrote over them."""
        numbers = {one.trip_version for one in outbox if one.trip_version is not None}
        numbers |= {version for version, _ in await self._store.trips.set_aside(trip_id)}
        kept = [await self._store.trips.version(trip_id, number) for number in sorted(numbers)]
        for one in kept:
            cover.learn(one.document, detail.row.regime)
        return [{"version": one.version, "at": to_text(one.at), "document": cover.value(one.document)} for one in kept]

    async def _received(self, trip_id: str, cover: Cover) -> list[dict[str, Any]]:
        """Return every frame of the trip's messages, the repeats too, oldest first."""
        found = []
        for item in reversed(await every_message(self._store, trip_id)):
            frames = await self._store.inbox.frames_of(item.id)
            found += [_frame(frame, item, cover) for frame in frames]
        return found

    async def _printed(self, one: Any, cover: Cover) -> dict[str, Any]:
        made: dict[str, Any] = {
            "at": to_text(one.at),
            "sheet": one.sheet,
            "way": one.way.value,
            "version": one.version,
            "is_draft": one.is_draft,
            "shown": cover.value(one.shown),
        }
        return made


def _sent(row: OutboxRow, payload: bytes, cover: Cover) -> dict[str, Any]:
    """Return one attempt to deliver with its bytes; the account is the carrier's own and stays out."""
    facts = {name: value for name, value in row._asdict().items() if name not in {"account", "owner", "epoch", "error"}}
    return {**_plain(facts), "error": cover.value(row.error), "body": _body(payload, cover)}


def _frame(frame: Frame, item: InboxItem, cover: Cover) -> dict[str, Any]:
    from desktop.crossing.explain import explain

    told = explain(value_of(frame.body))
    return {
        "frame": frame.id,
        "received_at": to_text(frame.received_at),
        "connection": frame.connection,
        "is_text": frame.is_text,
        "size": frame.size,
        "sha256": frame.sha256,
        "kind": item.kind,
        "title": cover.over(item.title),
        "explained": [cover.over(line) for line in told.happened],
        "body": _body(frame.body, cover),
    }


def _body(data: bytes, cover: Cover) -> dict[str, Any]:
    """Return bytes as they are where nothing in them is covered: as text, else as base64; else the message covered."""
    value = value_of(data)
    shown = None if isinstance(value, Missing) else cover.value(value)
    if not isinstance(value, Missing) and shown != value:
        return {"is": "covered", "value": shown}
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        words = data.decode("utf-8", "replace")
        is_exact = False
    else:
        is_exact = True
    if cover.over(words) != words:
        return {"is": "covered", "text": cover.over(words)}
    if is_exact:
        return {"is": "exact", "text": words}
    return {"is": "exact", "base64": base64.b64encode(data).decode("ascii")}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Return a stored row with its times as text."""
    return {name: to_text(value) if _is_time(value) else value for name, value in facts.items()}


def _is_time(value: datetime | Any) -> bool:
    return hasattr(value, "astimezone")


def _packed(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "backslashreplace")
