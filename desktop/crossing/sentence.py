"""Says each fact of a message in a sentence of its own: who says it, of what, and no more than that.

The words rest on domain 4.5 and 5.4 and on protocol 8 to 13; what only other programs read into a code is said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.crossing.cards import clipped, request_of
from desktop.crossing.news import TRIP_CODES, Fact, News, What, count_at
from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.protocol import kinds
from desktop.protocol.kinds import text_at
from desktop.protocol.session import refuses_key
from desktop.texts import has, text

_OUTGOING: Final = frozenset({*kinds.UPLOADS, *kinds.SEND_REQUESTS, "RNS_SEND_REQUEST"})
_READ_ELSEWHERE: Final = "1D"
"""A code of shipments that another program reads and no list of CBP's has (protocol 9)."""
_AREAS: Final = {kinds.ACI_NOTICE: "notice", kinds.RNS_SHIPMENT: "rns"}


def sentences(value: JSONObject, news: News, facts: list[Fact]) -> Iterator[str]:
    """Yield what a message of customs or the gateway says, the worst first.

    Args:
        value: the message.
        news: what it says.
        facts: the facts in it, the worst first.
    """
    kind = kinds.kind_of(value)
    if kind == kinds.API_RESPONSE:
        yield from _gateway(value)
        return
    for fact in facts:
        yield from _fact(kind or "", value, news, fact)
    if kind == kinds.ACE_RESPONSE:
        yield from _trip_reading(facts)
    if kind == kinds.RNS_SHIPMENT:
        yield from _release(value)


def without_news(value: JSON) -> Iterator[str]:
    """Yield what there is to say of a message that no reader knows."""
    kind = kinds.kind_of(value)
    if kind == kinds.SYSTEM_ALERT and is_object(value):
        said = text_at(value, "message")
        yield text("told.alert.said", said=said) if said else text("told.alert.silent")
        yield text("told.alert.means")
    elif kind is None:
        yield text("told.no_type")
    else:
        yield text("told.outgoing_type" if kind in _OUTGOING else "told.unknown_type", kind=clipped(kind))


def _gateway(value: JSONObject) -> Iterator[str]:
    status = text_at(value, "status")
    if refuses_key(value):
        yield text("told.gateway.key")
        if has(f"told.gateway.key.{status}"):
            yield text(f"told.gateway.key.{status}")
    elif not status:
        yield text("told.gateway.no_status")
    elif has(f"told.gateway.{status}"):
        yield text(f"told.gateway.{status}")
    else:
        yield text("told.gateway.unknown", code=clipped(status))


def _about(fact: Fact, news: News, *, is_trip: bool) -> str:
    if fact.number:
        return text("told.about.shipment", number=fact.number)
    if is_trip and news.trip:
        return text("told.about.trip", number=news.trip)
    return text("told.about.this_trip" if is_trip else "told.about.none")


def _fact(kind: str, value: JSONObject, news: News, fact: Fact) -> Iterator[str]:
    if kind in _AREAS:
        yield _by_code(_AREAS[kind], fact, _about(fact, news, is_trip=bool(news.trip)))
    elif fact.what in {What.ACCEPTED, What.REFUSED, What.ACCEPTED_NONE} or fact.is_accepted:
        yield from _answer(kind, value, fact, news)
    elif kind == kinds.ACI_RESPONSE:
        yield _by_code("aci", fact, "")
    elif not fact.code:
        yield text("told.ace.empty")
    elif fact.number or fact.code not in TRIP_CODES or _is_of_shipment(value, fact):
        is_trip = not fact.number and not _is_of_shipment(value, fact)
        yield _by_code("ace", fact, _about(fact, news, is_trip=is_trip), "ace.code")
    else:
        yield text(f"told.ace.trip.{fact.code}", about=_about(fact, news, is_trip=True))
    if fact.entry:
        is_rns = kind == kinds.RNS_SHIPMENT
        yield text("told.transaction" if is_rns else "told.entry", entry=clipped(fact.entry))


def _is_of_shipment(value: JSONObject, fact: Fact) -> bool:
    """Tell whether a code without a number stands in the list of shipments, not in the status of the trip."""
    found = value.get("shipmentStatusList")
    listed = [text_at(one, "code").upper() for one in found if is_object(one)] if isinstance(found, list) else []
    return fact.code in listed


def _by_code(area: str, fact: Fact, about: str, known: str = "") -> str:
    """Return the sentence of a code; an unknown one is said as it came."""
    key = f"told.{known or area}.{fact.code}"
    is_read = fact.what is not What.NOT_UNDERSTOOD or (fact.code == _READ_ELSEWHERE and bool(fact.number))
    if is_read and fact.code and has(key):
        return text(key, about=about)
    return text(f"told.{area}.unknown" if fact.code else f"told.{area}.empty", code=clipped(fact.code), about=about)


def _answer(kind: str, value: JSONObject, fact: Fact, news: News) -> Iterator[str]:
    """Yield what an accepted or refused request comes to."""
    who = "ace" if kind == kinds.ACE_RESPONSE else "aci"
    about = _about(fact, news, is_trip=True)
    if fact.what is What.ACCEPTED_NONE:
        yield text("told.ace.accepted_none", about=about)
        return
    accepted = count_at(value, "processingResponse", "shipmentsAccepted")
    rejected = count_at(value, "processingResponse", "shipmentsRejected")
    name = "refused" if fact.what is What.REFUSED else "accepted"
    request = request_of(fact)
    yield text(f"told.{who}.{name}.{request}", about=about, count=accepted or 0, code=clipped(fact.request))
    if name == "refused" and who == "ace" and request == "file":
        if accepted is not None and rejected is not None:
            yield text("told.ace.refused.counts", accepted=accepted, rejected=rejected)
        if accepted is not None:
            yield text("told.ace.refused.partly" if accepted else "told.ace.refused.no_shipment")


def _trip_reading(facts: list[Fact]) -> Iterator[str]:
    """Say of a trip code that its meaning is not CBP's own word (domain 4.5)."""
    found = [fact.code for fact in facts if not fact.number and has(f"told.ace.trip.{fact.code}")]
    for code in found[:1]:
        yield text("told.ace.trip_reading", code=code)


def _release(value: JSONObject) -> Iterator[str]:
    """Yield the service option and the office of an RNS message, by its own names, else by the lists."""
    for member, listed, key in (
        ("serviceOption", "rns-service-options", "option"),
        ("releaseOffice", "ca-release-offices", "office"),
    ):
        number = text_at(value, member, "number")
        named = text_at(value, member, "name")
        known = code_list(listed).label(number) or ""
        if named or known:
            note = str(code_list(listed).facts(number).get("note", ""))
            words = f"{named or known} ({note})" if note else named or known
            yield text(f"told.rns.{key}", number=clipped(number), name=clipped(words))
        elif number:
            yield text(f"told.rns.{key}", number=clipped(number), name=text("told.rns.unlisted"))
    said = text_at(value, "status", "deliveryInstructions")
    if said:
        yield text("told.rns.instructions", said=clipped(said))
