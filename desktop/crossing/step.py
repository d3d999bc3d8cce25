"""What to do about a message, step by step, the safe next one first (domain 4.6, 5.4, 5.5, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.crossing.news import Fact, News, Objection, What, Who
from desktop.domain.lifecycle import Regime
from desktop.protocol import kinds
from desktop.protocol.session import KEY_REFUSALS


class Does(StrEnum):
    """What a step's button does; `NOTHING` is a step that a person takes elsewhere, or waits."""

    NOTHING = ""
    OPEN_FIELD = "open_field"
    OPEN_TRIP = "open_trip"
    WRITE_BROKER = "write_broker"
    SEND = "send"
    CHECK_STICKER = "check_sticker"
    NEXT_NUMBER = "next_number"
    PRINT = "print"
    SETTINGS = "settings"
    KEEP_BACK = "keep_back"
    CREATE = "create"
    ASSIGN = "assign"
    MOVE = "move"
    CANCEL_OTHER = "cancel_other"
    CLEAR_ACE_ID = "clear_ace_id"
    EQUAL_PORTS = "equal_ports"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        name: its words are the text `told.step.NAME`.
        does: what its button does.
        objection: position of the objection it comes from; -1 where it comes from none.
        number: the shipment it is about; empty for the trip.
        is_answered: whether customs answers it, which takes its usual time.
    """

    name: str
    does: Does = Does.NOTHING
    objection: int = -1
    number: str = ""

    @property
    def key(self) -> str:
        """The key of its words."""
        return f"told.step.{self.name}"

    @property
    def is_answered(self) -> bool:
        """Whether customs answers it: then it takes as long as an answer usually does."""
        return self.name in _ANSWERED


_ANSWERED: Final = frozenset({"send", "send_change", "aci.linked.off", "aci.linked.send", "ace.shipment_on_file.new",
                              "aci.not_on_file.shipment", "aci.not_on_file.trip", "aci.cannot_cancel.off",
                              "ace.shipment_on_file.old", "aci.status", "ace.not_on_file"})  # fmt: skip

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

_Plan = tuple[tuple[str, Does], ...]

_PLANS: Final[dict[str, _Plan]] = {
    "aci.linked": (
        ("aci.linked.off", Does.MOVE),
        ("aci.wait", Does.NOTHING),
        ("aci.linked.send", Does.SEND),
    ),
    "aci.duplicate": (("aci.duplicate", Does.NEXT_NUMBER), ("tell_broker", Does.WRITE_BROKER), ("send", Does.SEND)),
    "aci.used": (("aci.used", Does.NEXT_NUMBER), ("tell_broker", Does.WRITE_BROKER), ("send", Does.SEND)),
    "aci.not_on_file": (
        ("aci.not_on_file.shipment", Does.SEND),
        ("aci.wait", Does.NOTHING),
        ("aci.not_on_file.trip", Does.SEND),
    ),
    "aci.status": (("aci.status", Does.SEND),),
    "aci.port": (("aci.port", Does.EQUAL_PORTS), ("send", Does.SEND)),
    "aci.cannot_cancel": (
        ("aci.cannot_cancel.off", Does.OPEN_TRIP),
        ("aci.wait", Does.NOTHING),
        ("aci.cannot_cancel.form", Does.NOTHING),
    ),
    "ace.shipment_on_file": (
        ("ace.shipment_on_file.old", Does.CANCEL_OTHER),
        ("ace.wait", Does.NOTHING),
        ("ace.shipment_on_file.new", Does.SEND),
        ("ace.shipment_on_file.lone", Does.NOTHING),
    ),
    "ace.ace_id": (("ace.ace_id", Does.CLEAR_ACE_ID), ("send", Does.SEND)),
    "ace.on_file": (("ace.on_file", Does.SEND),),
    "ace.not_on_file": (("ace.not_on_file", Does.SEND),),
    "ace.arrived": (("ace.arrived", Does.WRITE_BROKER),),
    "ace.section_321": (
        ("ace.section_321", Does.WRITE_BROKER),
        ("correct", Does.OPEN_FIELD),
        ("send", Does.SEND),
    ),
    "gateway.used": (("gateway.used", Does.OPEN_FIELD), ("send", Does.SEND)),
    "gateway.missing": (("gateway.missing", Does.SEND),),
}
"""The steps of an advice that is more than one correction; any other is: correct the field, send again."""

_NEXT: Final[dict[What, _Plan]] = {
    What.HOLD: (("keep_back", Does.KEEP_BACK), ("ask_broker", Does.WRITE_BROKER)),
    What.TRIP_HELD: (("keep_back", Does.KEEP_BACK),),
    What.EXAM: (("keep_back", Does.KEEP_BACK), ("ask_broker", Does.WRITE_BROKER)),
    What.RNS_ERROR: (("ask_broker", Does.WRITE_BROKER),),
    What.NOT_MATCHED: (
        ("check_sticker", Does.CHECK_STICKER),
        ("compare_with_broker", Does.WRITE_BROKER),
    ),
    What.NOT_SET: (("wait_for_set", Does.NOTHING),),
    What.SHORT_REVIEW: (("short_review", Does.KEEP_BACK),),
    What.RELEASED_CFIA: (("cfia", Does.NOTHING),),
    What.MATCHED: (("wait_for_rns", Does.NOTHING),),
    What.SET: (("look_trip", Does.OPEN_TRIP),),
    What.ENTRY: (("look_trip", Does.OPEN_TRIP),),
    What.HOLD_OFF: (("look_trip", Does.OPEN_TRIP),),
    What.ACCEPTED_NONE: (("accepted_none", Does.OPEN_TRIP),),
    What.NOT_UNDERSTOOD: (("keep", Does.NOTHING), ("ask_gateway", Does.NOTHING)),
}
"""What follows from a fact that is no refusal (domain 4.5, 5.4)."""

_HELD: Final = frozenset({What.HOLD, What.TRIP_HELD, What.EXAM})

_LOOK_FIRST: Final = frozenset({"SYNC_ERROR", "IMPORTED_WITH_ERRORS", "PROCESSED_WITH_ERRORS"})
"""Statuses after which nobody knows what reached customs."""


def advice(one: Objection) -> str:
    """Return the name of what to do about an objection; a general one where it is not known."""
    if one.who is Who.CBP and one.code in _ACE_CODES:
        return _ACE_CODES[one.code]
    for pattern, name in _ADVICE[one.who]:
        if re.search(pattern, one.said, re.IGNORECASE):
            return name
    return "correct"


def without_news(kind: str | None) -> tuple[Step, ...]:
    """Return the steps for a message that no reader knows."""
    if kind == kinds.SYSTEM_ALERT:
        return (Step("read"),)
    return (Step("keep"), Step("ask_gateway"))


KEY_STEPS: Final = (Step("key", Does.SETTINGS),)


def steps(news: News, facts: list[Fact], regime: Regime | None, status: str) -> tuple[Step, ...]:
    """Return what to do, the first thing first, each once.

    Args:
        news: what the message says.
        facts: the facts in it, the worst first.
        regime: whose customs.
        status: the gateway's status, where it is the gateway that speaks.
    """
    if not news.is_from_customs and not news.objections:
        return () if news.facts else without_news(None)
    found = [*_held_first(facts), *_corrections(news, status)]
    if not news.objections:
        for fact in facts:
            found += [Step(name, does, number=fact.number) for name, does in _follows(fact, regime)]
    if any(fact.what in _HELD for fact in facts):
        found = [one for one in found if one.does is not Does.PRINT]  # no sheet for a truck that is kept back
    last = [step for step in found if step.name == "send"]
    made = [step for step in found if step.name != "send"] + last[:1]
    return tuple({step.name: step for step in reversed(made)}[name] for name in dict.fromkeys(s.name for s in made))


def _held_first(facts: list[Fact]) -> Iterator[Step]:
    """Yield what to do about holds and exams: before anything else, also where something was refused too."""
    for fact in facts:
        if fact.what in _HELD:
            yield from (Step(name, does, number=fact.number) for name, does in _NEXT[fact.what])


def _corrections(news: News, status: str) -> Iterator[Step]:
    if status == "SEND_ERROR":
        yield Step("gateway.send_error", Does.SEND)
        return
    if status in KEY_REFUSALS:
        yield Step("access", Does.SETTINGS)
        return
    if status in _LOOK_FIRST:
        yield Step("gateway.look")
    for position, one in enumerate(news.objections):
        name = advice(one)
        plan = _PLANS.get(name, ((name, Does.OPEN_FIELD), ("send", Does.SEND)))
        yield from (Step(step, does, position, one.identifier) for step, does in plan)


def _follows(fact: Fact, regime: Regime | None) -> _Plan:
    if fact.what is not What.ACCEPTED:
        return _NEXT.get(fact.what, ())
    if fact.request.startswith("CANCEL"):
        return ()
    wait = "wait_for_entries" if regime is Regime.ACE else "wait_for_pars"
    return ((wait, Does.OPEN_TRIP), ("print", Does.PRINT))
