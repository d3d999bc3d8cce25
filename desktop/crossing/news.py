"""Reads what one message of customs or the gateway says, as plain facts (domain 4.5, 5.4; protocol 8 to 13).

These readers are tolerant and read plain JSON: a member of another type than documented is passed over, an unknown
code is a fact of its own (`NotUnderstood`) and never good news.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.crossing.meaning import (
    ACE_CODES,
    CANCEL_REQUESTS,
    CHANGE_REQUESTS,
    FIRST_REQUESTS,
    NOTICES,
    RANKS,
    RNS_CODES,
    TRIP_CODES,
    Rank,
    What,
)
from desktop.domain.documents import JSON, JSONObject
from desktop.protocol import kinds, statuses
from desktop.protocol.kinds import text_at

__all__ = [
    "ACE_CODES",
    "CANCEL_REQUESTS",
    "CHANGE_REQUESTS",
    "FIRST_REQUESTS",
    "NOTICES",
    "RNS_CODES",
    "TRIP_CODES",
    "Fact",
    "News",
    "Objection",
    "Rank",
    "What",
    "Who",
    "canonical",
    "code_at",
    "count_at",
    "numbers_in",
    "objects_at",
    "read",
    "strange",
    "trip_of",
    "trip_status",
]

_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")


class Who(StrEnum):
    """Who says it."""

    CBP = "cbp"
    CBSA = "cbsa"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a message says.

    Attributes:
        what: its meaning.
        number: the shipment it is about; empty for the trip.
        request: the type of the send request it answers; empty where none is named.
        code: the code it comes from, as received.
        place: for holds, which hold it is: `destination` or `port`.
        entry: entry or transaction number.
        office: the release office's number.
        said: customs' own words.
        is_accepted: not understood, though customs says that it accepted something: it moves nothing.
        count: how many shipments an acceptance speaks of; None where it names no count.
        is_bundle: an answer about the trip together with its shipments.
    """

    what: What
    number: str = ""
    request: str = ""
    code: str = ""
    place: str = ""
    entry: str = ""
    office: str = ""
    said: str = ""
    is_accepted: bool = False
    count: int | None = None
    is_bundle: bool = True


@dataclass(frozen=True, slots=True)
class Objection:
    """Something customs or the gateway objects to.

    Attributes:
        who: who objects.
        code: its code, as received.
        said: its words.
        field: the field it names, in its words.
        identifier: the number it names.
    """

    who: Who
    code: str = ""
    said: str = ""
    field: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """One message, read.

    Attributes:
        order: sorts messages independently of their arrival: customs time, else gateway time; then worse news last;
            then canonical bytes. Without any time, good news comes first of all and bad news last.
        facts: what it says, in its own order.
        objections: what it objects to.
        is_from_customs: whether customs speaks, not the gateway.
        trip: the trip it names; empty where it names none.
    """

    order: tuple[str, int, str]
    facts: tuple[Fact, ...]
    objections: tuple[Objection, ...] = ()
    is_from_customs: bool = True
    trip: str = ""


def canonical(value: JSON) -> str:
    """Return a text that is the same for equal messages, whatever the order of their members."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def code_at(value: JSONObject, *names: str) -> str:
    """Return a code in capitals; empty where there is none."""
    return text_at(value, *names).upper()


def objects_at(value: JSONObject, name: str) -> list[JSONObject]:
    """Return the objects in an array member; what is no object is passed over."""
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def count_at(value: JSONObject, *names: str) -> int | None:
    """Return a whole number that is not negative, also where it came as digits; None where there is none."""
    here: JSON = value
    for name in names:
        here = here.get(name) if isinstance(here, dict) else None
    if isinstance(here, str) and here.isascii() and here.isdigit():
        return int(here[:9])
    if isinstance(here, bool) or not isinstance(here, int | float) or here != here // 1 or here < 0:
        return None
    return int(here)


def trip_status(value: JSONObject) -> tuple[str, str]:
    """Return code and words of an ACE trip status, which may be a text or an object."""
    if isinstance(value.get("tripStatus"), dict):
        return code_at(value, "tripStatus", "code"), text_at(value, "tripStatus", "description")
    return code_at(value, "tripStatus"), ""


def trip_of(value: JSONObject) -> str:
    """Return the trip a message names, at its top or in the request it echoes (protocol 9)."""
    return text_at(value, "tripNumber") or text_at(value, "sendRequest", "tripNumber")


def read(value: JSON) -> News | None:
    """Return what a message says; None where neither customs nor the gateway speaks of filings in it."""
    value = kinds.unwrapped(value)
    if not isinstance(value, dict):
        return None
    reader = _READERS.get(kinds.kind_of(value) or "")
    if reader is None:
        return None
    facts, objections = reader(value)
    rank = max((RANKS.get(fact.what, Rank.ENTRY) for fact in facts), default=Rank.ENTRY)
    is_from_customs = value["data"] != kinds.API_RESPONSE
    is_bad = is_from_customs and (rank >= Rank.HOLD or any(fact.request in CANCEL_REQUESTS for fact in facts))
    return News(
        order=(_time(value) or (_LAST if is_bad else ""), rank, canonical(value)),
        facts=tuple(facts),
        objections=tuple(objections),
        is_from_customs=is_from_customs,
        trip=trip_of(value),
    )


def strange(value: JSON) -> News | None:
    """Return a message of a type that is not known as one fact that is not understood; None where its type is known.

    Nobody knows whose word it is: it moves no state, and no good news stands beside it.
    """
    value = kinds.unwrapped(value)
    kind = kinds.kind_of(value)
    if not isinstance(value, dict) or kind in _KNOWN:
        return None
    fact = Fact(What.NOT_UNDERSTOOD, code=(kind or "")[:_SHOWN])
    return News((_time(value), Rank.HOLD, canonical(value)), (fact,), is_from_customs=False, trip=trip_of(value))


_LAST: Final = "~"
"""Stands for the time of bad news without one: nothing good is known to be newer than it."""

_TIMES: Final = (("cbpDateTime",), ("cbsaDateTime",), ("status", "dateTime"), ("dateTime",))


def _time(value: JSONObject) -> str:
    for names in _TIMES:
        found = text_at(value, *names)
        if _TIME.fullmatch(found):
            return found
    return ""


def _gateway(value: JSONObject) -> tuple[list[Fact], list[Objection]]:
    status = text_at(value, "status")
    is_bad = status in statuses.REFUSED or status in statuses.WITH_PROBLEMS
    if not is_bad:
        if status in statuses.QUEUED:
            return [], []
        return [Fact(What.GATEWAY_TOOK if status in statuses.TAKEN else What.NOT_UNDERSTOOD, code=status)], []
    objections = [
        Objection(Who.GATEWAY, status, text_at(one, "note"), identifier=text_at(one, "identifier"))
        for one in objects_at(value, "errors")
    ] or [Objection(Who.GATEWAY, status, text_at(value, "message"))]
    return [Fact(What.GATEWAY_REFUSED, code=status)], objections


def _ace(value: JSONObject) -> tuple[list[Fact], list[Objection]]:
    request = code_at(value, "sendRequest", "type")
    accepted = count_at(value, "processingResponse", "shipmentsAccepted")
    rejected = count_at(value, "processingResponse", "shipmentsRejected")
    objections = [
        Objection(Who.CBP, text_at(one, "code"), text_at(one, "description"))
        for one in objects_at(value, "validationResponses")
    ]
    facts = []
    if rejected or objections:
        facts.append(Fact(What.REFUSED, request=request))
    elif _is_unread(value):
        facts.append(Fact(What.NOT_UNDERSTOOD, request=request))
    elif accepted is not None:
        answer = replace(_accepted(request), count=accepted)
        is_none = answer.what is What.ACCEPTED and not accepted and request not in CANCEL_REQUESTS
        facts.append(replace(answer, what=What.ACCEPTED_NONE) if is_none else answer)
    code, said = trip_status(value)
    if code:
        facts.append(Fact(TRIP_CODES.get(code, What.NOT_UNDERSTOOD), code=code, said=said))
    facts.extend(_ace_shipment(one) for one in objects_at(value, "shipmentStatusList"))
    if facts and _is_odd_list(value, "shipmentStatusList"):
        facts.append(Fact(What.NOT_UNDERSTOOD, code="shipmentStatusList"))
    if rejected and not objections:
        objections = [Objection(Who.CBP)]
    return facts or [Fact(What.NOT_UNDERSTOOD, request=request)], objections


def _is_unread(value: JSONObject) -> bool:
    """Tell whether customs objects to something in a shape that cannot be read: then nothing counts as accepted."""
    answer = value.get("processingResponse")
    refused = answer.get("shipmentsRejected") if isinstance(answer, dict) else None
    is_counted = refused is None or count_at(value, "processingResponse", "shipmentsRejected") is not None
    return not is_counted or _is_odd_list(value, "validationResponses")


def _is_odd_list(value: JSONObject, name: str) -> bool:
    """Tell whether a member that should be a list of objects says something else."""
    found = value.get(name)
    return found is not None and not (isinstance(found, list) and all(isinstance(one, dict) for one in found))


def _ace_shipment(one: JSONObject) -> Fact:
    code = code_at(one, "code")
    what, place = ACE_CODES.get(code, (What.NOT_UNDERSTOOD, ""))
    return Fact(
        what,
        number=text_at(one, "shipmentControlNumber"),
        code=code,
        place=place,
        entry=text_at(one, "entryNumber"),
        said=text_at(one, "description"),
    )


def _accepted(request: str, number: str = "") -> Fact:
    is_known = request in FIRST_REQUESTS | CHANGE_REQUESTS | CANCEL_REQUESTS
    what = What.ACCEPTED if is_known else What.NOT_UNDERSTOOD
    return Fact(what, number=number, request=request, is_accepted=not is_known)


def _aci(value: JSONObject) -> tuple[list[Fact], list[Objection]]:
    request = code_at(value, "sendRequest", "type")
    number = text_at(value, "cargoControlNumber") or text_at(value, "sendRequest", "cargoControlNumber")
    answer = code_at(value, "type")
    asked = value.get("sendRequest")
    is_bundle = isinstance(asked, dict) and asked.get("bundleTripAndShipments") is True
    if answer == "ACCEPT":
        about = number if number and (not trip_of(value) or not is_bundle) else ""
        return [replace(_accepted(request, about), is_bundle=is_bundle)], []
    if answer != "REJECT":
        return [Fact(What.NOT_UNDERSTOOD, request=request, code=answer)], []
    objections = [
        Objection(
            Who.CBSA,
            text_at(one, "errorCode"),
            _joined(text_at(one, "errorDescription"), text_at(one, "errorText")),
            text_at(one, "errorField"),
            number,
        )
        for one in objects_at(value, "errorResponses")
    ] or [Objection(Who.CBSA, identifier=number)]
    facts = [Fact(What.REFUSED, request=request)] if trip_of(value) or not number else []
    if number:
        facts.append(Fact(What.REFUSED, number=number, request=request))
    return facts, objections


def _joined(*texts: str) -> str:
    return ": ".join(dict.fromkeys(text for text in texts if text))


def _notice(value: JSONObject) -> tuple[list[Fact], list[Objection]]:
    code = code_at(value, "type")
    what = NOTICES.get(code, What.NOT_UNDERSTOOD)
    numbers = [text_at(value, "cargoControlNumber")]
    numbers += [text_at(one, "cargoControlNumber") for one in objects_at(value, "references")]
    named = list(dict.fromkeys(number for number in numbers if number))
    return [Fact(what, number=number, code=code) for number in named] or [Fact(what, code=code)], []


def _rns(value: JSONObject) -> tuple[list[Fact], list[Objection]]:
    code = code_at(value, "status", "releaseCode", "number")
    what = RNS_CODES.get(code, What.NOT_UNDERSTOOD)
    number = text_at(value, "cargoControlNumber")
    words = text_at(value, "status", "releaseCode", "longName") or text_at(value, "status", "releaseCode", "shortName")
    fact = Fact(
        what,
        number=number,
        code=code,
        entry=text_at(value, "transactionNumber"),
        office=text_at(value, "releaseOffice", "number"),
        said=words,
    )
    return [fact], []


_KNOWN: Final = frozenset({*kinds.INCOMING, *kinds.UPLOADS, *kinds.SEND_REQUESTS})
_SHOWN: Final = 40

_READERS: Final = {
    kinds.API_RESPONSE: _gateway,
    kinds.ACE_RESPONSE: _ace,
    kinds.ACI_RESPONSE: _aci,
    kinds.ACI_NOTICE: _notice,
    kinds.RNS_SHIPMENT: _rns,
}


def numbers_in(news: News) -> Iterator[str]:
    """Yield each shipment number a message names, once."""
    yield from dict.fromkeys(fact.number for fact in news.facts if fact.number)
