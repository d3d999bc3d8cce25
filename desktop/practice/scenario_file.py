"""Reads a scenario from a file or by its built-in name; a malformed one gives a sentence with the place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

from desktop import assets
from desktop.errors import UsageError
from desktop.practice import garbage
from desktop.practice.answers import PLACEHOLDERS, names_in, table
from desktop.practice.personality import Personality, wrong_switches
from desktop.practice.scenario import EVENTS, Action, Scenario, Step
from desktop.texts import text

DEFAULT = "accept"
_FOLDER = "practice/scenarios"
_NAME = re.compile(r"[a-z0-9-]{1,60}")
_LONGEST_S = 86_400
_MOST_REPEATS = 100_000
_FASTEST = 10_000
_LARGEST_FILE = 1024 * 1024
_LARGEST_FRAME = 64 * 1024 * 1024
_FACTS = {"regime", "data", "operation", "type", "kind", "trip", "version", "trip_order"}
_ON_LINE = tuple(event for event in EVENTS if event != "upgrade")
_EACH = ("shipment", "pars", "fresh", "fresh_pars")
_DEFAULT_DELAY_S = {"customs": 0.4, "reject": 0.4}

Check = Callable[[Any], bool]


def _whole(low: int, high: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _number(low: float, high: float) -> Check:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _one_of(*choices: str) -> Check:
    return lambda value: value in choices


_SHARED: dict[str, Check] = {"after_s": _number(0, _LONGEST_S), "repeat": _whole(1, _MOST_REPEATS)}

ACTIONS: dict[str, tuple[tuple[str, ...], dict[str, Check]]] = {
    # name: events it belongs to, members of its own
    "answer": (("connect", "upload", "send_request"), {}),
    "deny": (("connect",), {}),
    "import": (("upload",), {}),
    "refuse": (
        ("upload", "send_request"),
        {"note": _text, "status": lambda value: isinstance(value, str) and value in _statuses()},
    ),
    "customs": (
        ("send_request",),
        {"with": lambda value: isinstance(value, dict), "lose": lambda value: isinstance(value, bool)},
    ),
    "reject": (("send_request",), {"reason": lambda value: isinstance(value, str) and value in table()["reasons"]}),
    "send": (
        _ON_LINE,
        {
            "use": lambda value: isinstance(value, str) and value in table()["messages"],
            "message": lambda value: isinstance(value, dict),
            "with": lambda value: isinstance(value, dict),
            "each": _one_of(*_EACH),
            "copies": _whole(1, _MOST_REPEATS),
            "late_s": _number(0, _LONGEST_S),
        },
    ),
    "garbage": (_ON_LINE, {"kind": _one_of(*garbage.KINDS), "size": _whole(1, _LARGEST_FRAME)}),
    "close": (_ON_LINE, {"code": lambda value: _whole(1000, 4999)(value) and value not in {1004, 1005, 1006, 1015}}),
    "drop": (_ON_LINE, {}),
    "freeze": (("connect", "upload", "send_request"), {}),
    "respond": (
        ("upgrade",),
        {
            "status": lambda value: _whole(300, 599)(value) and value in set(HTTPStatus),
            "location": _text,
            "retry_after": _whole(0, _LONGEST_S),
        },
    ),
}
_NEEDED = {"refuse": ("note",), "reject": ("reason",), "garbage": ("kind",), "respond": ("status",)}


def _statuses() -> Mapping[str, Any]:
    codes: Mapping[str, Any] = assets.read_json("codes/api-response-statuses.json")["codes"]
    return codes


def names() -> list[str]:
    """Return the names of the built-in scenarios, the default first, then by alphabet."""
    found = sorted(file.stem for file in assets.path(_FOLDER).glob("*.json"))
    return [DEFAULT, *(name for name in found if name != DEFAULT)]


def title(name: str) -> str:
    """Return what a built-in scenario is called."""
    return text(f"practice.scenario.{name}.title")


def about(name: str) -> str:
    """Return what happens in a built-in scenario."""
    return text(f"practice.scenario.{name}.about")


def load(name: str | None) -> Scenario:
    """Return a scenario by its built-in name or from a file; None is the default.

    Raises:
        UsageError: `practice.scenario_missing`, `practice.scenario_not_json` or `practice.scenario_wrong`.
    """
    if name is None:
        return load(DEFAULT)
    if _NAME.fullmatch(name) is not None and name in names():
        return read(assets.read_text(f"{_FOLDER}/{name}.json"), name)
    file = Path(name)
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise UsageError("practice.scenario_wrong", file=name, where="/", problem=_problem("file_too_large"))
        content = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("practice.scenario_not_json", file=name, line=1, column=1) from None
    except (OSError, ValueError):
        raise UsageError("practice.scenario_missing", file=name, names=", ".join(names())) from None
    return read(content, name)


def read(content: str, name: str) -> Scenario:
    """Return the scenario written in `content`; `name` is used in sentences.

    Raises:
        UsageError: as `load`.
    """
    try:
        value = json.loads(content)
    except json.JSONDecodeError as wrong:
        raise UsageError("practice.scenario_not_json", file=name, line=wrong.lineno, column=wrong.colno) from None
    except (RecursionError, ValueError):
        raise UsageError("practice.scenario_not_json", file=name, line=1, column=1) from None
    return _Reader(name).scenario(value)


def _problem(kind: str, **values: object) -> str:
    return text(f"practice.problem.{kind}", **values)


class _Reader:
    """Turns plain JSON into a scenario and says where it is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def _wrong(self, where: str, kind: str, **values: object) -> NoReturn:
        raise UsageError(
            "practice.scenario_wrong", file=self._file, where=where or "/", problem=_problem(kind, **values)
        )

    def _object(self, value: Any, where: str, allowed: set[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._wrong(where, "not_an_object")
        for name in value:
            if name not in allowed:
                self._wrong(where, "unknown_member", name=name, allowed=", ".join(sorted(allowed)))
        return value

    def _list(self, value: Any, where: str) -> list[Any]:
        if not isinstance(value, list):
            self._wrong(where, "not_a_list")
        return value

    def _checked(self, value: dict[str, Any], where: str, checks: Mapping[str, Check]) -> None:
        for name, check in checks.items():
            if name in value and not check(value[name]):
                self._wrong(f"{where}/{name}", "bad_value")

    def scenario(self, value: Any) -> Scenario:
        whole = self._object(value, "", {"about", "seed", "personality", "day", "steps"})
        self._checked(whole, "", {"about": _text, "seed": _whole(0, 2**63)})
        day = self._object(whole.get("day", {}), "/day", {"scale"})
        self._checked(day, "/day", {"scale": _number(1, _FASTEST)})
        switches = whole.get("personality", {})
        if not isinstance(switches, dict):
            self._wrong("/personality", "not_an_object")
        for name, kind, allowed in wrong_switches(switches):
            self._wrong(f"/personality/{name}", kind, allowed=allowed)
        steps = self._list(whole.get("steps", []), "/steps")
        return Scenario(
            name=self._file,
            seed=whole.get("seed", 1),
            personality=Personality(**switches),
            steps=tuple(self._step(step, f"/steps/{index}") for index, step in enumerate(steps)),
            day_scale=day.get("scale", 1.0) if "day" in whole else None,
        )

    def _step(self, value: Any, where: str) -> Step:
        step = self._object(value, where, {"on", "match", "times", "skip", "at_s", "do"})
        if step.get("on") not in EVENTS:
            self._wrong(f"{where}/on", "unknown_word", allowed=", ".join(EVENTS))
        self._checked(
            step,
            where,
            {"times": _whole(1, _MOST_REPEATS), "skip": _whole(0, _MOST_REPEATS), "at_s": _number(0, _LONGEST_S)},
        )
        match = self._object(step.get("match", {}), f"{where}/match", _FACTS)
        if "do" not in step:
            self._wrong(where, "no_do")
        actions = self._list(step["do"], f"{where}/do")
        return Step(
            on=step["on"],
            match=match,
            times=step.get("times"),
            skip=step.get("skip", 0),
            at_s=step.get("at_s", 0.0),
            do=tuple(self._action(action, step["on"], f"{where}/do/{index}") for index, action in enumerate(actions)),
        )

    def _action(self, value: Any, on: str, where: str) -> Action:
        if not isinstance(value, dict):
            self._wrong(where, "not_an_object")
        name = value.get("do")
        fitting = [action for action, (events, _) in ACTIONS.items() if on in events]
        if name not in fitting:
            self._wrong(f"{where}/do", "unknown_word", allowed=", ".join(fitting))
        own = ACTIONS[name][1]
        action = self._object(value, where, {"do", *_SHARED, *own})
        self._checked(action, where, {**_SHARED, **own})
        for needed in _NEEDED.get(name, ()):
            if needed not in action:
                self._wrong(where, "missing_member", name=needed)
        if name == "send" and ("use" in action) == ("message" in action):
            self._wrong(where, "use_or_message")
        for part in ("with", "message"):
            for placeholder in [*names_in(action.get(part)), *(action.get("with", {}) if part == "with" else ())]:
                if placeholder not in PLACEHOLDERS:
                    self._wrong(f"{where}/{part}", "unknown_placeholder", name=placeholder)
        return Action(
            do=name,
            after_s=action.get("after_s", _DEFAULT_DELAY_S.get(name, 0.0)),
            repeat=action.get("repeat", 1),
            values={key: part for key, part in action.items() if key not in {"do", *_SHARED}},
        )
