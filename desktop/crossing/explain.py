"""Explains one message in full: what happened, what it objects to, what to do (domain 4.6, 4.7, 5.4, 5.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from desktop.crossing.cards import CardText, describe
from desktop.crossing.news import Fact, News, Objection, What, Who, read
from desktop.crossing.objection import words
from desktop.domain.documents import JSON, Missing
from desktop.domain.lifecycle import Regime
from desktop.protocol import kinds
from desktop.protocol.kinds import text_at
from desktop.protocol.session import refuses_key
from desktop.texts import text


@dataclass(frozen=True, slots=True)
class Explanation:
    """One message explained.

    Attributes:
        happened: sentences that say what happened, in the program's language.
        to_do: keys of what to do next, the first thing first; empty where nothing is to be done.
        objections: what is objected to, in customs' or the gateway's words.
        times: the times in the message as printed, with who states them; their zone is not stated.
    """

    happened: str
    to_do: tuple[str, ...]
    objections: tuple[Objection, ...] = ()
    times: tuple[str, ...] = ()


_ADVICE: Final[dict[Who, tuple[tuple[str, str], ...]]] = {
    Who.GATEWAY: (
        (r"already used|must be unique|already exists", "gateway.used"),
        (r"does not exist|not found|unknown trip", "gateway.missing"),
    ),
    Who.CBP: (
        (r"section 321", "ace.section_321"),
        (r"shipment already on file", "ace.shipment_on_file"),
        (r"already on file|do not resend", "ace.on_file"),
        (r"returned to preliminary", "ace.preliminary"),
        (r"travel doc", "ace.travel_document"),
        (r"person in charge", "ace.person_in_charge"),
        (r"ace id", "ace.ace_id"),
        (r"not on file", "ace.not_on_file"),
        (r"arrived", "ace.arrived"),
    ),
    Who.CBSA: (
        (r"linked to another", "aci.linked"),
        (r"cannot (be )?cancel", "aci.cannot_cancel"),
        (r"already used", "aci.used"),
        (r"duplicate", "aci.duplicate"),
        (r"not on file", "aci.not_on_file"),
        (r"invalid status", "aci.status"),
        (r"port does not match|trip port", "aci.port"),
    ),
}
"""Advice by the words of a refusal: domain 4.6 (CBP), 5.5 (CBSA), protocol 8 (the gateway)."""

_ACE_CODES: Final = {
    "003": "ace.003",
    "005": "ace.005",
    "009": "ace.009",
    "017": "ace.017",
    "021": "ace.021",
    "032": "ace.032",
    "033": "ace.033",
    "401": "ace.ace_id",
    "402": "ace.402",
}
"""Advice by CBP's error code (domain 4.6)."""

_NEXT: Final = {
    What.HOLD: ("keep_back", "ask_broker"),
    What.TRIP_HELD: ("keep_back",),
    What.EXAM: ("keep_back", "ask_broker"),
    What.RNS_ERROR: ("ask_broker",),
    What.NOT_MATCHED: ("compare_with_broker",),
    What.NOT_SET: ("wait_for_set",),
    What.SHORT_REVIEW: ("short_review",),
    What.RELEASED_CFIA: ("cfia",),
    What.MATCHED: ("wait_for_rns",),
}
"""What follows from a fact that is no refusal (domain 4.5, 5.4)."""


def explain(value: JSON | Missing) -> Explanation:
    """Return any message explained; MISSING stands for a frame that is no JSON."""
    card = describe(value)
    if isinstance(value, Missing):
        return Explanation(text("inbox_words.not_json.happened"), _keys("keep"))
    value = kinds.unwrapped(value)
    news = read(value)
    if not isinstance(value, dict) or news is None:
        return _without_news(value, card)
    return Explanation(
        happened=_happened(card, news, "" if news.is_from_customs else text_at(value, "message")),
        to_do=_to_do(value, news, card.regime),
        objections=news.objections,
        times=tuple(f"{name} {shown}" for name, shown in _times(value)),
    )


def advice(one: Objection) -> str:
    """Return the key of what to do about an objection; a general one where it is not known."""
    if one.who is Who.CBP and one.code in _ACE_CODES:
        return f"inbox_words.do.{_ACE_CODES[one.code]}"
    for pattern, name in _ADVICE[one.who]:
        if re.search(pattern, one.said, re.IGNORECASE):
            return f"inbox_words.do.{name}"
    return "inbox_words.do.correct"


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(f"inbox_words.do.{name}" for name in names)


def _without_news(value: JSON, card: CardText) -> Explanation:
    kind = kinds.kind_of(value)
    if kind == kinds.SYSTEM_ALERT and isinstance(value, dict):
        times = tuple(f"{name} {shown}" for name, shown in _times(value))
        return Explanation(text("inbox_words.alert.happened", said=text_at(value, "message")), _keys("read"), (), times)
    name = "no_type" if kind is None else "unknown_type"
    return Explanation(text(f"inbox_words.{name}.happened", **card.title_params), _keys("keep"))


def _happened(card: CardText, news: News, message: str) -> str:
    sentences = [text("inbox_words.sentence", said=card.title)]
    if message:
        sentences.append(text("inbox_words.sentence", said=message))
    sentences += [text("inbox_words.sentence", said=words(one)) for one in news.objections]
    if not news.objections and news.is_from_customs:
        sentences += [_fact(fact, card) for fact in news.facts if fact.number or fact.code]
    if any(fact.what is What.REFUSED for fact in news.facts):
        sentences.append(text("inbox_words.nothing_on_file"))
    if any(fact.what is What.GATEWAY_REFUSED for fact in news.facts):
        sentences.append(text("inbox_words.nothing_went"))
    return " ".join(dict.fromkeys(sentences))


def _fact(fact: Fact, card: CardText) -> str:
    shown = " · ".join(part for part in (fact.number or card.trip, fact.code, fact.said, fact.entry) if part)
    return text("inbox_words.sentence", said=shown)


def _to_do(value: JSON, news: News, regime: Regime | None) -> tuple[str, ...]:
    if refuses_key(value):
        return _keys("key")
    if news.objections:
        return tuple(dict.fromkeys(advice(one) for one in news.objections))
    keys: list[str] = []
    for fact in news.facts:
        keys += _NEXT.get(fact.what, ())
        if fact.what is What.ACCEPTED:
            keys.append("wait_for_entries" if regime is Regime.ACE else "wait_for_pars")
        if fact.what is What.ACCEPTED_NONE:
            keys.append("accepted_none")
        if fact.what is What.NOT_UNDERSTOOD:
            keys.append("keep")
    return _keys(*dict.fromkeys(keys))


_CLOCKS: Final = (
    ("BorderConnect", ("dateTime",)),
    ("CBP", ("cbpDateTime",)),
    ("CBSA", ("cbsaDateTime",)),
    ("CBSA", ("status", "dateTime")),
)


def _times(value: dict[str, JSON]) -> list[tuple[str, str]]:
    found = [(name, text_at(value, *path)) for name, path in _CLOCKS]
    return [(name, shown) for name, shown in found if shown]
