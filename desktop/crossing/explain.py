"""Explains one message in full: what happened, what it objects to, what to do (domain 4.5 to 4.7, 5.4, 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.crossing import sentence, step
from desktop.crossing.cards import describe, led
from desktop.crossing.news import Fact, News, Objection, Who, read
from desktop.crossing.objection import words
from desktop.crossing.step import Step
from desktop.domain.documents import JSON, Missing, is_object
from desktop.protocol import kinds
from desktop.protocol.kinds import text_at
from desktop.protocol.session import refuses_key
from desktop.texts import text


@dataclass(frozen=True, slots=True)
class Explanation:
    """One message explained.

    Attributes:
        happened: sentences that say what happened, in the program's language.
        steps: what to do next, the first thing first; empty where nothing is to be done.
        facts: what it says, the worst first.
        objections: what is objected to, in customs' or the gateway's words.
        said: who says what in their own words, where they sent any.
        times: the times in the message as printed, with who states them; their zone is not stated.
        office: number of the release office it names.
    """

    happened: tuple[str, ...]
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...] = ()
    objections: tuple[Objection, ...] = ()
    said: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    office: str = ""


def explain(value: JSON | Missing) -> Explanation:
    """Return any message explained; MISSING stands for a frame that is no JSON."""
    if isinstance(value, Missing):
        return Explanation((text("told.not_json"),), step.without_news(None))
    value = kinds.unwrapped(value)
    news = read(value)
    if not is_object(value) or news is None:
        times = _times(value) if is_object(value) else ()
        return Explanation(tuple(sentence.without_news(value)), step.without_news(kinds.kind_of(value)), times=times)
    facts = led(news.facts) if news.is_from_customs else list(news.facts)
    happened = [
        *sentence.sentences(value, news, facts),
        *(text("inbox_words.sentence", said=words(one)) for one in news.objections),
    ]
    status = "" if news.is_from_customs else text_at(value, "status")
    return Explanation(
        happened=tuple(dict.fromkeys(happened)),
        steps=step.KEY_STEPS if refuses_key(value) else step.steps(news, facts, describe(value).regime, status),
        facts=tuple(facts),
        objections=news.objections,
        said=_said(value, news),
        times=_times(value),
        office=next((fact.office for fact in facts if fact.office), ""),
    )


def _said(value: dict[str, JSON], news: News) -> tuple[str, ...]:
    """Return the words of whoever speaks, each once."""
    if not news.is_from_customs:
        found = [text_at(value, "message")]
        who = Who.GATEWAY
    else:
        who = Who.CBP if value["data"] == kinds.ACE_RESPONSE else Who.CBSA
        found = [fact.said for fact in news.facts]
    name = text(f"crossing.who.{who}")
    return tuple(text("told.said", who=name, said=said) for said in dict.fromkeys(filter(None, found)))


_CLOCKS: Final = (
    ("BorderConnect", ("dateTime",)),
    ("CBP", ("cbpDateTime",)),
    ("CBSA", ("cbsaDateTime",)),
    ("CBSA", ("status", "dateTime")),
)


def _times(value: dict[str, JSON]) -> tuple[str, ...]:
    found = [(name, text_at(value, *path)) for name, path in _CLOCKS]
    return tuple(f"{name} {shown}" for name, shown in found if shown)
