"""Says what bringing in BorderConnect messages would do, before anything is kept; then does it, on a person's word."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from desktop.clock import Clock
from desktop.domain.documents import JSON, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.errors import DesktopError, UsageError
from desktop.services.facts import FactsSource, Survey
from desktop.services.files import read_messages
from desktop.services.importing import SHIPMENTS, TRIPS, Imported, Importing, is_same, type_of
from desktop.store import Store
from desktop.store.records import Company
from desktop.validation import Severity, check

_CHECKED_TOGETHER = 50
"""How many messages one turn of the checking thread takes."""


class Fate(StrEnum):
    """What would happen to a message."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    NEXT = "next"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message and what would happen to it.

    Attributes:
        file: where it came from, as it was named.
        position: its place in the file, from 1.
        message: the message itself.
        fate: `NEW` draft or shipment; `SAME` as what is here; `CHANGED` draft that takes the new content while the old
            stays among its versions; `NEXT` version of a trip that went out; `REFUSED`.
        is_trip: whether it is a trip; else a shipment that stands alone, or nothing that can be brought in.
        regime: which customs; None where it is no trip and no shipment.
        number: trip number or control number; empty where it has none.
        reason: why it is refused.
        existing: id of the trip here that it belongs to.
        errors: how many problems would stop it from being sent, by the rules of the editor.
        warnings: how many more should be looked at.
    """

    file: str
    position: int
    message: JSON
    fate: Fate
    is_trip: bool = False
    regime: Regime | None = None
    number: str = ""
    reason: DesktopError | None = None
    existing: str = ""
    errors: int = 0
    warnings: int = 0

    @property
    def comes_in(self) -> bool:
        """Whether it would change anything here."""
        return self.fate in {Fate.NEW, Fate.CHANGED, Fate.NEXT}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to everything that was handed in.

    Attributes:
        items: the messages, file after file in their order.
        unreadable: files that cannot be read, each with why.
        company: id of the carrier they would belong to; empty for nobody's yet.
    """

    items: tuple[Foreseen, ...] = ()
    unreadable: tuple[tuple[str, DesktopError], ...] = ()
    company: str = ""

    @property
    def coming(self) -> int:
        """How many messages would come in."""
        return sum(item.comes_in for item in self.items)


@dataclass(slots=True)
class _Batch:
    """What earlier messages of the same preview will have left behind."""

    trips: dict[tuple[Regime, str], JSON] = field(default_factory=dict)
    shipments: dict[tuple[Regime, str], JSON] = field(default_factory=dict)


class ImportPreview:
    """Previews of messages, and their way in."""

    def __init__(self, store: Store, importing: Importing, facts: FactsSource, clock: Clock) -> None:
        self._store = store
        self._importing = importing
        self._facts = facts
        self._clock = clock

    async def files(self, names: Sequence[str], company: str = "") -> Preview:
        """Return what bringing in the files would do; files that cannot be read are named with why."""
        read: list[tuple[str, list[JSON]]] = []
        unreadable: list[tuple[str, DesktopError]] = []
        for name in names:
            try:
                read.append((name, await asyncio.to_thread(read_messages, name)))
            except DesktopError as error:
                unreadable.append((name, error))
        preview = await self.messages(read, company)
        return Preview(preview.items, tuple(unreadable), company)

    async def text(self, text: str, name: str, company: str = "") -> Preview:
        """Return what bringing in a text (of the clipboard) would do; `name` is what to call it."""
        from desktop.protocol.documents_in_file import messages_in

        try:
            messages = await asyncio.to_thread(messages_in, text.encode("utf-8", "surrogatepass"))
        except DesktopError as error:
            return Preview((), ((name, error),), company)
        return await self.messages([(name, messages)], company)

    async def messages(self, read: Sequence[tuple[str, list[JSON]]], company: str = "") -> Preview:
        """Return what bringing in messages that were read already would do."""
        owner = await self._company(company)
        batch = _Batch()
        found = [
            await self._foresee(name, position, message, owner, batch)
            for name, messages in read
            for position, message in enumerate(messages, start=1)
        ]
        return Preview(tuple(await self._checked(found, company)), (), company)

    async def bring_in(self, preview: Preview) -> Imported:
        """Bring in what the preview said would come in; what it refused stays out."""
        owner = await self._company(preview.company)
        done = Imported()
        for name in dict.fromkeys(item.file for item in preview.items):
            coming = [item.message for item in preview.items if item.file == name and item.comes_in]
            one = await self._importing.messages(name, coming, owner)
            done.items += one.items
            done.problems += one.problems
        return done

    async def _company(self, company: str) -> Company | None:
        return await self._store.companies.by_id(company) if company else None

    async def _foresee(
        self, name: str, position: int, message: JSON, company: Company | None, batch: _Batch
    ) -> Foreseen:
        data = type_of(message)
        if not is_object(message) or data not in {*TRIPS, *SHIPMENTS}:
            why = UsageError("import.not_a_draft", exit_code=1, data=data or "?")
            return Foreseen(name, position, message, Fate.REFUSED, reason=why)
        if data in TRIPS:
            regime = TRIPS[data]
            reason: DesktopError | None = None
            given = message.get("tripNumber")
            number = given if isinstance(given, str) else ""
            earlier = batch.trips.get((regime, number)) if number else None
            standing = await self._importing.standing(message, company)
            if earlier is not None:
                fate = Fate.SAME if is_same(earlier, message) else Fate.CHANGED
            elif standing.trip is None:
                fate = Fate.NEW
            elif standing.is_same:
                fate = Fate.SAME
            else:
                fate = Fate.NEXT if standing.has_gone_out else Fate.CHANGED
            if standing.has_gone_out and message.get("operation") != "UPDATE":
                fate, reason = Fate.REFUSED, UsageError("import.number_used", exit_code=1, number=number)
            elif number:
                batch.trips[regime, number] = message
            existing = "" if standing.trip is None else standing.trip.id
            return Foreseen(name, position, message, fate, True, regime, number, reason, existing)
        regime, number = SHIPMENTS[data], control_number(message)
        earlier = batch.shipments.get((regime, number)) if number else None
        if earlier is None:
            lone = await self._importing.lone(message, company)
            earlier = None if lone is None else lone.document
        fate = Fate.NEW if earlier is None else Fate.SAME if is_same(earlier, message) else Fate.CHANGED
        if number:
            batch.shipments[regime, number] = message
        return Foreseen(name, position, message, fate, regime=regime, number=number)

    async def _checked(self, found: list[Foreseen], company: str) -> list[Foreseen]:
        surveys = {
            regime: await self._facts.survey(company, regime)
            for regime in Regime
            if any(item.regime is regime for item in found)
        }
        now = self._clock.now()
        done: list[Foreseen] = []
        for start in range(0, len(found), _CHECKED_TOGETHER):
            part = found[start : start + _CHECKED_TOGETHER]
            done += await asyncio.to_thread(_check_all, part, surveys, now)
        return done


def _check_all(found: list[Foreseen], surveys: dict[Regime, Survey], now: datetime) -> list[Foreseen]:
    return [_with_problems(item, surveys, now) for item in found]


def _with_problems(item: Foreseen, surveys: dict[Regime, Survey], now: datetime) -> Foreseen:
    if item.regime is None:
        return item
    facts = surveys[item.regime].without(item.existing).at(now, {})
    severities = [issue.severity for issue in check(item.message, facts).issues]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    return replace(item, errors=errors, warnings=warnings)


def carrier_of(messages: Sequence[JSON], companies: Sequence[Company]) -> str:
    """Return the id of the one carrier whose codes every trip number begins with, or of the only carrier; else empty.

    A trip number begins with the carrier's SCAC (ACE) or its CBSA carrier code (ACI).
    """
    numbers = [
        number for message in messages if is_object(message) and isinstance(number := message.get("tripNumber"), str)
    ]
    return carrier_by_numbers(numbers, companies)


def carrier_by_numbers(numbers: Sequence[str], companies: Sequence[Company]) -> str:
    """Return the id of the one carrier whose codes all these numbers begin with, or of the only carrier; else empty."""
    if len(companies) == 1:
        return companies[0].id
    wanted = [number.strip().upper() for number in numbers if number.strip()]
    fitting = [
        company.id
        for company in companies
        if wanted
        and all(
            any(code and number.startswith(code.upper()) for code in (*company.scacs, *company.carrier_codes))
            for number in wanted
        )
    ]
    return fitting[0] if len(fitting) == 1 else ""
