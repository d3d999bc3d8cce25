"""Describes any received message in a title and two short lines, for the inbox (ui design 3 and 7).

Nothing is guessed to be good news: a code that is not understood is shown raw as "Not recognised".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.crossing.news import (
    CANCEL_REQUESTS,
    CHANGE_REQUESTS,
    FIRST_REQUESTS,
    Fact,
    News,
    What,
    count_at,
    numbers_in,
    read,
    trip_of,
)
from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, JSONObject, Missing
from desktop.domain.lifecycle import Category, Regime
from desktop.protocol import kinds, statuses
from desktop.protocol.kinds import text_at
from desktop.protocol.session import KEY_REFUSALS
from desktop.texts import has, text

_LONGEST: Final = 80
_SPACES: Final = re.compile(r"\s+")
_TRIP_IN_WORDS: Final = re.compile(r"Trip \[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class CardText:
    """One message as a card.

    Attributes:
        category: the inbox's own sorting.
        title_key: key of the title, with the values in `title_params`.
        text_key: key of the two short lines, with the values in `text_params`.
        sign: name of its sign (ui design 3).
        regime: whose customs; None where the message does not say.
        trip: the trip it names; empty where it names none.
        shipment_numbers: the shipments it names.
    """

    category: Category
    title_key: str
    title_params: Mapping[str, object] = field(default_factory=dict)
    text_key: str = "inbox_words.lines"
    text_params: Mapping[str, object] = field(default_factory=dict)
    sign: str = "unrecognised"
    regime: Regime | None = None
    trip: str = ""
    shipment_numbers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title in words."""
        return text(self.title_key, **self.title_params)

    @property
    def text(self) -> str:
        """The two lines in words."""
        return text(self.text_key, **self.text_params).strip()


_REGIMES: Final = {
    kinds.ACE_RESPONSE: Regime.ACE,
    kinds.ACI_RESPONSE: Regime.ACI,
    kinds.ACI_NOTICE: Regime.ACI,
    kinds.RNS_SHIPMENT: Regime.ACI,
}

_HEADLINES: Final = (
    What.REFUSED,
    What.HOLD,
    What.TRIP_HELD,
    What.EXAM,
    What.RNS_ERROR,
    What.NOT_MATCHED,
    What.NOT_SET,
    What.SHORT_REVIEW,
    What.NOT_UNDERSTOOD,
    What.ACCEPTED_NONE,
    What.ACCEPTED,
    What.HOLD_OFF,
    What.REPORTED,
    What.ACKNOWLEDGED,
    What.MATCHED,
    What.ENTRY,
    What.SET,
    What.IN_BOND_ARRIVED,
    What.ARRIVED,
    What.RELEASED_CFIA,
    What.RELEASED,
    What.TRIP_RELEASED,
)
"""Which of several facts gives the title: the worst. What is not understood comes before all good news, and of two
pieces of good news the smaller one leads, so that no title says of all what is true of one."""

_SIGNS: Final = {
    What.HOLD: "hold",
    What.TRIP_HELD: "hold",
    What.EXAM: "exam",
    What.RNS_ERROR: "rns_error",
    What.TRIP_RELEASED: "released",
    What.ARRIVED: "notice",
    What.NOT_MATCHED: "not_matched",
    What.NOT_SET: "not_set",
    What.SHORT_REVIEW: "wait_act",
    What.RELEASED: "released",
    What.RELEASED_CFIA: "released_cfia",
    What.SET: "set",
    What.ENTRY: "entry_on_file",
    What.MATCHED: "matched",
    What.HOLD_OFF: "notice",
    What.IN_BOND_ARRIVED: "notice",
    What.REPORTED: "notice",
    What.ACKNOWLEDGED: "rns",
}

_AFTER_EXAM: Final = "1B"

IN_BOND_REPORTS: Final = frozenset({"INBOND_ARRIVAL", "INBOND_EXPORT"})
"""Requests that file nothing: they report a movement in bond (product, send request types)."""

_ALERTS: Final = frozenset({What.HOLD, What.TRIP_HELD, What.EXAM})


def clipped(foreign: str) -> str:
    """Return foreign text on one line and not too long for a card."""
    line = _SPACES.sub(" ", foreign).strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def describe(value: JSON | Missing) -> CardText:
    """Return the card of any received message; MISSING stands for a frame that is no JSON."""
    if isinstance(value, Missing):
        return CardText(Category.UNRECOGNISED, "inbox_words.not_json.title", text_params=_lines("", _as_received()))
    value = kinds.unwrapped(value)
    kind = kinds.kind_of(value)
    if kind is None or not isinstance(value, dict):
        return CardText(Category.UNRECOGNISED, "inbox_words.no_type.title", text_params=_lines("", _as_received()))
    if kind == kinds.API_RESPONSE:
        return _gateway(value)
    if kind == kinds.SYSTEM_ALERT:
        said = clipped(text_at(value, "message"))
        return CardText(Category.ALERT, "inbox_words.alert.title", text_params=_lines(said, ""), sign="alert")
    news = read(value)
    if news is None:
        return CardText(
            Category.UNRECOGNISED,
            "inbox_words.unknown_type.title",
            {"kind": clipped(kind)},
            text_params=_lines(trip_of(value), _as_received()),
            trip=trip_of(value),
        )
    return _customs(kind, value, news)


def _as_received() -> str:
    return text("inbox_words.as_received")


def _lines(first: str, second: str) -> dict[str, object]:
    return {"first": first, "second": second}


def led(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of a message, the one that gives its title first; each once."""
    return sorted(dict.fromkeys(facts), key=_weight)


def _weight(fact: Fact) -> int:
    return _HEADLINES.index(What.ACCEPTED if fact.is_accepted else fact.what)


def _gateway(value: JSONObject) -> CardText:
    status = text_at(value, "status")
    said = text_at(value, "message")
    in_words = _TRIP_IN_WORDS.search(said)
    trip = text_at(value, "tripNumber") or (in_words[1].strip() if in_words else "")
    notes = read(value)
    note = next((one.said for one in notes.objections if one.said), said) if notes is not None else said
    regime = next((one for one in Regime if f"{one} " in said), None)

    def card(category: Category, name: str, sign: str, second: str, **params: object) -> CardText:
        lines = _lines(clipped(trip), clipped(second))
        return CardText(
            category,
            f"inbox_words.gateway.{name}.title",
            params,
            text_params=lines,
            sign=sign,
            regime=regime,
            trip=trip,
        )

    if status in KEY_REFUSALS and not trip and "sendId" not in value:
        return card(Category.REJECTED, "key_refused", "key_refused", said)
    if status in statuses.REFUSED:
        return card(Category.REJECTED, status, "rejected", note)
    if status in statuses.WITH_PROBLEMS:
        return card(Category.REJECTED, status, "delivered_with_problems", note)
    if status in statuses.TAKEN | statuses.QUEUED:
        return card(Category.UPLOAD, status, "upload", said)
    if status:
        return card(Category.UNRECOGNISED, "unknown", "unrecognised", said, status=clipped(status))
    return card(Category.UNRECOGNISED, "no_status", "unrecognised", _as_received())


def _customs(kind: str, value: JSONObject, news: News) -> CardText:
    facts = led(news.facts)
    fact = facts[0]
    regime = _REGIMES[kind]
    numbers = tuple(numbers_in(news))
    title, params = _title(kind, fact)
    if fact.number and fact.what not in {What.ACCEPTED, What.REFUSED}:
        subject = fact.number
    else:
        subject = news.trip or fact.number
    first = _joined(clipped(subject), _where(kind, value, fact, news.trip))
    return CardText(
        category=_category(kind, fact),
        title_key=f"inbox_words.{title}.title",
        title_params=params,
        text_params=_lines(first, _second(kind, facts, news)),
        sign=_sign(fact),
        regime=regime,
        trip=news.trip,
        shipment_numbers=numbers,
    )


def _category(kind: str, fact: Fact) -> Category:
    if fact.what is What.NOT_UNDERSTOOD and not fact.is_accepted:
        return Category.UNRECOGNISED
    if fact.what is What.REFUSED:
        return Category.REJECTED
    if fact.what in {What.ACCEPTED, What.NOT_UNDERSTOOD}:
        return Category.ACCEPTED
    if fact.what is What.ACCEPTED_NONE:
        return Category.UNRECOGNISED
    if kind == kinds.RNS_SHIPMENT:
        return Category.RNS
    return Category.ALERT if fact.what in _ALERTS else Category.NOTICE


def _sign(fact: Fact) -> str:
    if fact.what is What.REFUSED:
        return "rejected"
    if fact.what is What.ACCEPTED or fact.is_accepted:
        return "accepted"
    if fact.what is What.RELEASED and fact.code == "23":
        return "authorised"
    return _SIGNS.get(fact.what, "unrecognised")


def _title(kind: str, fact: Fact) -> tuple[str, dict[str, object]]:
    who = "ace" if kind == kinds.ACE_RESPONSE else "aci"
    if fact.what in {What.ACCEPTED, What.REFUSED} or fact.is_accepted:
        return f"{who}.{fact.what if not fact.is_accepted else What.ACCEPTED}.{request_of(fact)}", {}
    if fact.what is What.NOT_UNDERSTOOD:
        return _not_understood(kind, fact)
    if kind == kinds.RNS_SHIPMENT:
        return f"rns.{'authorised' if fact.code == '23' else fact.what}", {}
    if fact.what is What.RELEASED and fact.code == _AFTER_EXAM:
        return f"{who}.released.{_AFTER_EXAM}", {}
    return f"{who}.{fact.what}", {}


def request_of(fact: Fact) -> str:
    """Return what an accepted or refused request was for, by the name the words have for it."""
    if fact.request in CANCEL_REQUESTS:
        return "cancel"
    if fact.request in CHANGE_REQUESTS:
        return "change"
    if fact.number:
        return "shipment"
    if fact.request in IN_BOND_REPORTS:
        return fact.request.lower()
    is_bare = fact.what is What.REFUSED and not fact.request  # what it answers is not said: it can only be the trip
    return "file" if fact.request in FIRST_REQUESTS or is_bare else "other"


_UNKNOWN: Final = {
    kinds.ACE_RESPONSE: "unknown.ace",
    kinds.ACI_RESPONSE: "unknown.aci",
    kinds.ACI_NOTICE: "unknown.notice",
    kinds.RNS_SHIPMENT: "unknown.rns",
}


def _not_understood(kind: str, fact: Fact) -> tuple[str, dict[str, object]]:
    name = _UNKNOWN[kind]
    return (name, {"code": clipped(fact.code)}) if fact.code else (f"{name}.empty", {})


def _where(kind: str, value: JSONObject, fact: Fact, trip: str) -> str:
    if kind == kinds.RNS_SHIPMENT:
        number = text_at(value, "releaseOffice", "number")
        return clipped(
            text_at(value, "releaseOffice", "name") or code_list("ca-release-offices").label(number) or number
        )
    if fact.what is What.ACCEPTED and kind == kinds.ACE_RESPONSE:
        count = count_at(value, "processingResponse", "shipmentsAccepted") or 0
        return text("inbox_words.shipments", count=count)
    return clipped(trip) if fact.number and trip and trip != fact.number else ""


def _second(kind: str, facts: Sequence[Fact], news: News) -> str:
    """Return what the worst of it says, and how much more there is."""
    if news.objections:
        one = news.objections[0]
        said, more = _joined(clipped(one.said), one.code), len(news.objections) - 1
        others = [fact for fact in facts if fact.what is not What.REFUSED]
        return _and_more(said, more + len(others))
    return _and_more(_said(kind, facts[0]), len(facts) - 1)


def _and_more(said: str, more: int) -> str:
    return text("inbox_words.and_more", said=said, count=more).removeprefix(" · ") if more else said


def _said(kind: str, fact: Fact) -> str:
    """Return code and words of a fact: customs' own where it sent any, else what its code means."""
    if kind == kinds.RNS_SHIPMENT and fact.code:
        said = clipped(fact.said) or _means("rns", fact.code)
        return text("inbox_words.rns.line", code=clipped(fact.code), said=said).rstrip(" ·")
    if fact.what is What.NOT_UNDERSTOOD and not fact.is_accepted:
        return _joined(clipped(fact.said), _as_received())
    if not fact.code:
        return ""
    if kind == kinds.ACE_RESPONSE and fact.number:
        return _joined(text("inbox_words.ace.line", code=fact.code), clipped(fact.said) or _means("ace", fact.code))
    line = "ace.trip_line" if kind == kinds.ACE_RESPONSE else "aci.line"
    return _joined(text(f"inbox_words.{line}", code=fact.code), clipped(fact.said))


def _means(area: str, code: str) -> str:
    key = f"inbox_words.{area}.means.{code}"
    return text(key) if has(key) else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
