"""Scenarios: what the practice gateway does, as data that a trainee chooses or writes.

A scenario is a JSON object: `seed` (whole number), `personality` (switches, see `Personality`), `steps`. Each step says
`on` which event it acts (`EVENTS`), what the event must `match`, and what to `do`, one action after another. The first
step that matches an event replaces what the service would do by itself; an empty `do` does nothing.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.practice.personality import Personality

EVENTS = ("upgrade", "connect", "upload", "send_request", "time")


@dataclass(frozen=True, slots=True)
class Happening:
    """What a step looks at.

    Attributes:
        on: upgrade, connect, upload, send_request or time.
        facts: regime, data, operation, type, kind, trip, version and trip_order, as far as they are known.
    """

    on: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    Attributes:
        do: its name (`scenario_file.ACTIONS`).
        after_s: seconds to wait before it.
        repeat: how often.
        values: the rest, as the file gives it.
    """

    do: str
    after_s: float = 0.0
    repeat: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do on an event.

    Attributes:
        match: facts that must be so; text may use `*` and `?`.
        times: acts on so many matching events only; None is all.
        skip: lets so many matching events pass first.
        at_s: for `time`: seconds after the first good handshake.
    """

    on: str
    do: tuple[Action, ...]
    match: Mapping[str, Any] = field(default_factory=dict)
    times: int | None = None
    skip: int = 0
    at_s: float = 0.0

    def fits(self, happening: Happening) -> bool:
        """Tell whether the event is one this step looks at, its count aside."""
        if self.on != happening.on:
            return False
        for name, wanted in self.match.items():
            found = happening.facts.get(name)
            if isinstance(wanted, str):
                if not isinstance(found, str) or not fnmatch.fnmatchcase(found, wanted):
                    return False
            elif found != wanted:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario; see the module.

    Attributes:
        day_scale: where each filing gets a story of a working day (`practice.day`), how many times faster than life.
    """

    name: str
    seed: int = 1
    personality: Personality = field(default_factory=Personality)
    steps: tuple[Step, ...] = ()
    day_scale: float | None = None


DEFAULT_ACTIONS: Mapping[str, tuple[Action, ...]] = {
    "upgrade": (),
    "connect": (Action("answer"),),
    "upload": (Action("answer"),),
    "send_request": (Action("answer"), Action("customs", after_s=0.4)),
    "time": (),
}
"""What happens on an event that no step matches."""


class Director:
    """Plays one scenario: counts matching events and hands out what to do."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._met = [0] * len(scenario.steps)

    def actions(self, happening: Happening) -> tuple[Action, ...]:
        """Return what to do on an event: of the first step that fits and whose count is not used up."""
        for index, step in enumerate(self.scenario.steps):
            if not step.fits(happening):
                continue
            met = self._met[index]
            self._met[index] += 1
            if met >= step.skip and (step.times is None or met < step.skip + step.times):
                return step.do
        if self.scenario.day_scale is not None and happening.on == "send_request":
            return (Action("answer"), Action("day"))
        return DEFAULT_ACTIONS[happening.on]

    def clockwork(self) -> list[Step]:
        """Return the steps that act at a time of their own."""
        return [step for step in self.scenario.steps if step.on == "time"]
