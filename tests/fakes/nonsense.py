"""Frames nobody should send, made by chance: broken JSON, odd bytes, and messages of the page with other values in them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

from desktop.practice.garbage import Text

MESSAGES = Path(__file__).resolve().parent.parent / "golden" / "messages"
INCOMING = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(MESSAGES.glob("*.json"))
    if path.stem.startswith(("ace-response", "aci-notice", "aci-response", "api-response-d", "api-response-i", "rns"))
]
ODD: list[Any] = [
    *(None, True, False, 0, -1, 7.5, 10**30, "", " ", "\u202e\u0000", "x" * 5000, "IMPORTED", "RELEASED", "2014-02-30"),
    *([], {}, [None], [[]], {"": None}, {"data": "ACE_RESPONSE"}, ["ACCEPT"]),
]
TOKENS = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"null",
        b"true",
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"-",
        b"01",
        b"1.",
        b"\\u",
    ),
    *(
        b'"data"',
        b'"API_RESPONSE"',
        b"\xff",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\r\n",
        b"/*",
        b"'",
    ),
]


def broken(dice: Random) -> bytes:
    """Return bytes that may or may not be JSON; they go out as a text frame."""
    way = dice.randrange(5)
    if way == 0:
        return Text(bytes(dice.randrange(256) for _ in range(dice.randrange(60))))
    if way == 1:
        return Text(b"".join(dice.choice(TOKENS) for _ in range(dice.randrange(40))))
    whole = json.dumps(dice.choice(INCOMING)).encode()
    if way == 2:
        return Text(whole[: dice.randrange(len(whole))])
    if way == 3:
        depth = dice.choice((10, 500, 20_000))
        return Text(b"[" * depth + b"]" * dice.choice((depth, depth - 1)))
    spoiled = bytearray(whole)
    for _ in range(dice.randint(1, 4)):
        spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
    return Text(spoiled)


def odd(dice: Random) -> dict[str, Any]:
    """Return a message of the page in which some places hold something else, are gone, or are new."""
    value: dict[str, Any] = copy.deepcopy(dice.choice(INCOMING))
    if dice.random() < 0.15:  # null everywhere
        return {name: (name == "data" and inner) or None for name, inner in value.items()}
    for _ in range(dice.randint(1, 5)):
        holder, name = dice.choice(list(_places(value)))
        change = dice.randrange(3)
        if change == 0:
            holder[name] = copy.deepcopy(dice.choice(ODD))
        elif change == 1 and isinstance(holder, dict):
            holder["practiceField"] = copy.deepcopy(dice.choice(ODD))
        elif isinstance(holder, dict):
            del holder[name]
        if not value:
            break
    if dice.random() < 0.2:
        value["data"] = "PRACTICE_NEW_TYPE"
    return value


def _places(value: Any) -> Any:
    """Yield (holder, name) of every place within a JSON value."""
    for name, inner in list(value.items()) if isinstance(value, dict) else enumerate(value):
        yield value, name
        if isinstance(inner, dict | list):
            yield from _places(inner)
