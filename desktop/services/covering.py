"""Covers what is private in messages that leave this computer: by the place it stands at, and wherever it is quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.protocol.strict_json import UnreadableJSON, read
from desktop.security.redaction import Redactor
from desktop.services.veil import Veil
from desktop.texts import has, text

COVER: Final = "••••"
_OWN: Final = frozenset({"driverNumber", "gender", "citizenshipCountry", "cdlNumber", "companyKey", "apiKey"})
"""Not secret on screen, and a person's or the carrier's own all the same: evidence goes to strangers."""
_ELSEWHERE: Final = re.compile(r"birth|^dob$|passport|document_?num|cdl|fast_?(card|num)", re.IGNORECASE)
"""What others call such a value in messages that are described nowhere."""
_KEYS: Final = frozenset({"companyKey", "apiKey"})
"""What opens the carrier's account is covered in any case."""


class Cover:
    """Covers the private values of one trip.

    Attributes:
        is_open: whether a person chose to show them; keys are covered all the same.
        names: the members that were covered so far.
    """

    def __init__(self, document: JSONObject, regime: Regime, *, is_open: bool = False) -> None:
        self.is_open = is_open
        self.names: set[tuple[str, str]] = set()
        self._veil = Veil(document, regime, _own_in(document))
        self._keys = Redactor()

    def learn(self, document: JSON, regime: Regime) -> None:
        """Learn what is private in another version of the trip: customs may quote that."""
        if is_object(document):
            self._veil = self._veil.joined(document, regime, _own_in(document))

    def value(self, value: JSON) -> JSON:
        """Return a message with dots in place of birth dates, document numbers and what else is a person's own."""
        return self._words_in(self._members(value, ""))

    def over(self, words: str) -> str:
        """Return words with dots in place of what is private, and without anything that looks like a key."""
        shown = self._keys.without_secrets(words)
        return shown if self.is_open else self._veil.over(shown)

    @property
    def told(self) -> tuple[str, ...]:
        """What was covered, in words, each once."""
        return tuple(sorted({_label(holder, name) for holder, name in self.names}))

    def _members(self, value: JSON, holder: str) -> JSON:
        if is_object(value):
            return {name: self._member(holder, name, one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._members(one, holder) for one in value]
        return value

    def _member(self, holder: str, name: str, one: JSON) -> JSON:
        is_private = name in _KEYS or (not self.is_open and _is_private(holder, name))
        if not one or not is_private:
            return self._members(one, name)
        self.names.add(("" if name in _OWN or ("", name) in _secrets() else holder, name))
        return COVER

    def _words_in(self, value: JSON) -> JSON:
        if isinstance(value, str):
            inner = _message_in(value)
            shown = None if inner is None else self.value(inner)
            return self.over(value if shown == inner else json.dumps(shown, ensure_ascii=False))
        if isinstance(value, int | float) and not isinstance(value, bool):
            shown = self.over(str(value))
            return value if shown == str(value) else shown
        if is_object(value):
            return {self.over(name): self._words_in(one) for name, one in value.items()}
        return [self._words_in(one) for one in value] if isinstance(value, list) else value


@cache
def _secrets() -> dict[tuple[str, str], str]:
    """Return (holder, name) of the members whose values are secret, with their field.

    The holder is the array a plain `number` is in, else empty.
    """
    from desktop.domain.fields import FIELDS, path_for

    found: dict[tuple[str, str], str] = {}
    for field in FIELDS:
        paths = [path_for(field, regime) for regime in Regime] if field.is_secret else []
        for steps in (path.split("/") for path in paths if path):
            is_in_array = steps[-2] == "*" and steps[-1] in {"number", "type"}
            found.setdefault((steps[-3] if is_in_array else "", steps[-1]), field.name)
    return found


def _is_private(holder: str, name: str) -> bool:
    if name in _OWN or ("", name) in _secrets() or (holder, name) in _secrets():
        return True
    return (holder == "documents" and name == "number") or _ELSEWHERE.search(name) is not None


def _own_in(value: JSON) -> Iterator[str]:
    """Yield the values that are a person's or the carrier's own: others quote those too."""
    if is_object(value):
        for name, one in value.items():
            if name in _OWN and isinstance(one, str):
                yield one
            yield from _own_in(one)
    for one in value if isinstance(value, list) else ():
        yield from _own_in(one)


def _message_in(words: str) -> JSON:
    """Return the message that is written as text inside another one; None where these are plain words."""
    if words.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return read(words.encode("utf-8", "surrogatepass"))
    except UnreadableJSON:
        return None


def _label(holder: str, name: str) -> str:
    """Return what a member is called on screen; its own name where it has none there."""
    key = f"fields.{_secrets().get((holder, name)) or _names_of_own().get(name, '')}"
    return text(key) if has(key) else name


@cache
def _names_of_own() -> dict[str, str]:
    from desktop.domain.fields import FIELDS, path_for

    found: dict[str, str] = {}
    for field in FIELDS:
        for path in filter(None, (path_for(field, regime) for regime in Regime)):
            name = path.rpartition("/")[2]
            if name in _OWN:
                found.setdefault(name, field.name)
    return found
