"""A whole working day at the border, drawn from a seed: what becomes of each trip after it was sent.

The stories stand in `practice/day.json`, in minutes as people meet them: CBP answers in one or two, CBSA in two to
four (domain 2). Each regime has its deck of stories, shuffled by the seed; the trips take them in the order in which
they are filed, so that the same day can be had again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from desktop import assets
from desktop.practice.answers import table
from desktop.practice.scenario import Action

MINUTE_S = 60.0


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = assets.read_json("practice/day.json")
    return found


class Day:
    """One day: deals a story to each filing.

    Args:
        seed: the same seed deals the same stories.
        scale: how many times faster than life.
    """

    def __init__(self, seed: int, scale: float) -> None:
        self._scale = scale
        self._draw = random.Random(seed)  # noqa: S311 - practice, no secret
        self._decks = {regime: self._deck(regime) for regime in ("ACE", "ACI")}
        self._reasons = {regime: self._reasons_of(regime) for regime in ("ACE", "ACI")}

    def _deck(self, regime: str) -> Iterator[Mapping[str, Any]]:
        cards = [story for story in _table()[regime] for _ in range(story.get("times", 1))]
        self._draw.shuffle(cards)
        return _for_ever(cards)

    def _reasons_of(self, regime: str) -> Iterator[str]:
        names = [name for name, reason in table()["reasons"].items() if reason["regime"] == regime]
        self._draw.shuffle(names)
        return _for_ever(names)

    def story(self, regime: str, kind: str, shipments: Sequence[str]) -> tuple[Action, ...]:
        """Return what becomes of a request that customs got.

        Args:
            regime: ACE or ACI.
            kind: file, change, cancel, inbond or status; only a filing gets a story of its own.
            shipments: the numbers it is about.
        """
        draw = random.Random(self._draw.getrandbits(64))  # noqa: S311 - a long story moves nobody else's
        if kind != "file":
            return (self._action(draw, {"min": _table()["answer_min"].get(regime, (0, 1)), "do": "customs"}, None),)
        story = next(self._decks[regime])
        actions: list[Action] = []
        for act in story["acts"]:
            if act.get("of"):
                chosen = {"all": shipments, "first": shipments[:1], "rest": shipments[1:]}[act["of"]]
                actions += [self._action(draw, act, number) for number in chosen]
            else:
                actions.append(self._action(draw, act, None))
        return tuple(actions)

    def _action(self, draw: random.Random, act: Mapping[str, Any], number: str | None) -> Action:
        after_s = draw.uniform(*act.get("min", (0, 0))) * MINUTE_S / self._scale
        if act["do"] == "reject":
            return Action("reject", after_s, values={"reason": next(self._reasons[act["regime"]])})
        if act["do"] == "customs":
            return Action("customs", after_s, values={"with": {"rns": None, "notice": None}})
        with_: dict[str, Any] = dict(act.get("with", {}))
        if number is not None:
            with_["shipment"] = number
        if act["use"] == "ace_shipment":
            with_ = {"description": _table()["said"].get(with_["code"], ""), **with_}
            if with_["code"] not in _table()["with_entry"]:
                with_["entry"] = None
        values: dict[str, Any] = {"use": act["use"], "with": with_, "copies": act.get("copies", 1)}
        if "late_min" in act:
            values["late_s"] = draw.uniform(*act["late_min"]) * MINUTE_S / self._scale
        return Action("send", after_s, values=values)


def _for_ever(cards: list[Any]) -> Iterator[Any]:
    while True:
        yield from cards
