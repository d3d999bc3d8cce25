"""Finds one person in documents, messages and plain text, and takes what is personal out of them.

A person is known by name and birth date, by the numbers of papers, and by a driver number. Everything here is pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from desktop.domain.codes import fold
from desktop.domain.documents import JSON, JSONObject, is_object

GONE: Final = "(erased)"
"""Stands where something personal stood."""

_NAMES = ("firstName", "middleName", "lastName")
_NAME_KEYS = frozenset({*_NAMES, "name", "fullName", "driverName", "drivers"})
_SHORTEST_NUMBER = 5
_SHORTEST_NAME = 3
_LEAST_BIRTH = 8


@dataclass(frozen=True)
class Person:
    """Somebody to be found.

    Attributes:
        first: first name as written.
        last: last name as written.
        born: birth date, `YYYY-MM-DD`; empty where it is not known.
        number: driver number, by which the person may stand alone on a trip.
        papers: numbers of papers, folded, without spaces and dashes.
        secrets: texts that are this person's alone and go wherever they stand: paper numbers as written, e-mail, phone.
    """

    first: str
    last: str
    born: str = ""
    number: str = ""
    papers: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    _patterns: list[re.Pattern[str]] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_known(self) -> bool:
        """Whether there is enough to look for: first and last name, a paper, or a driver number with a last name."""
        return bool((self.first and self.last) or self.papers or (self.number and self.last))

    def is_same(self, here: JSONObject) -> bool:
        """Tell whether an object of a document is this person.

        A paper in common is enough. The same name is, unless both have a birth date and these differ. A driver number
        is where the last name is the same or missing.
        """
        papers = {_bare(number) for number in _papers(here)}
        if self.papers & papers:
            return True
        born = _text(here, "dateOfBirth")
        if self.born and born and self.born != born:
            return False
        first, last = fold(_text(here, "firstName")).strip(), fold(_text(here, "lastName")).strip()
        own_first, own_last = fold(self.first).strip(), fold(self.last).strip()
        if own_first and own_last and (first, last) == (own_first, own_last):
            return True
        number = fold(_text(here, "driverNumber")).strip()
        return bool(self.number) and number == fold(self.number).strip() and (not last or last == own_last)

    def with_found(self, others: Iterable[JSONObject]) -> Person:
        """Return the person with the papers that stand beside the same name elsewhere."""
        papers, secrets = set(self.papers), set(self.secrets)
        for here in others:
            written = list(_papers(here))
            papers.update(_bare(number) for number in written)
            secrets.update(written)
        return Person(self.first, self.last, self.born, self.number, frozenset(papers), frozenset(secrets))

    def within(self, value: JSON) -> Iterator[JSONObject]:
        """Yield each object inside a value that is this person."""
        waiting: list[JSON] = [value]
        while waiting:
            here = waiting.pop()
            if is_object(here):
                if _is_personal(here) and self.is_same(here):
                    yield here
                else:
                    waiting.extend(here.values())
            elif isinstance(here, list):
                waiting.extend(here)

    def cleaned(self, value: JSON, *, is_theirs: bool = False) -> JSON:
        """Return a value without the person; the very same one where the person is not in it.

        Args:
            value: any JSON.
            is_theirs: it belongs to a trip the person travels on, so first or last name alone go as well.
        """
        if isinstance(value, dict):
            if _is_personal(value) and self.is_same(value):
                return {"lastName": GONE} if value != {"lastName": GONE} else value
            made = {key: self._member(key, item, is_theirs=is_theirs) for key, item in value.items()}
            return made if any(made[key] is not value[key] for key in value) else value
        if isinstance(value, list):
            items = [self.cleaned(item, is_theirs=is_theirs) for item in value]
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if isinstance(value, str):
            return self.cleaned_text(value, is_theirs=is_theirs and " " in value.strip())
        return value

    def _member(self, key: str, item: JSON, *, is_theirs: bool) -> JSON:
        if is_theirs and isinstance(item, str) and key in _NAME_KEYS:
            return self.cleaned_text(item, is_theirs=True)
        return self.cleaned(item, is_theirs=is_theirs)

    def cleaned_text(self, words: str, *, is_theirs: bool = False) -> str:
        """Return a text without the person's name and numbers; with `is_theirs`, without either name alone too."""
        always, alone = self._compiled()
        spans = self._spans(words, [always, alone] if is_theirs else [always])
        if is_theirs or spans:
            spans += self._spans(words, [self._born()])
        if not spans:
            return words
        made, at = [], 0
        for start, end in sorted(spans):
            if end <= at:
                continue
            if start >= at:
                made += [words[at:start], GONE]
            at = end
        return "".join([*made, words[at:]])

    def cleaned_bytes(self, body: bytes, *, is_theirs: bool = False) -> bytes:
        """Return the bytes of a message without the person; the very same ones where the person is not in them."""
        try:
            value: JSON = json.loads(body)
        except (ValueError, RecursionError):
            words = body.decode("utf-8", "surrogateescape")
            made = self.cleaned_text(words, is_theirs=is_theirs)
            return body if made == words else made.encode("utf-8", "surrogateescape")
        cleaned = self.cleaned(value, is_theirs=is_theirs)
        if cleaned is value or cleaned == value:
            return body
        return json.dumps(cleaned, separators=(",", ":")).encode()

    def _spans(self, words: str, patterns: list[re.Pattern[str]]) -> list[tuple[int, int]]:
        if words.isascii():
            plain, places = words.lower(), None
        else:
            parts = [fold(letter) for letter in words]
            plain = "".join(parts)
            places = [place for place, part in enumerate(parts) for _ in part]
            places.append(len(words))
        found = [match.span() for pattern in patterns for match in pattern.finditer(plain)]
        if places is None:
            return found
        return [(places[start], places[end - 1] + 1) for start, end in found]

    def _compiled(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Return what is looked for always, and what only where the text is about a trip of the person."""
        if not self._patterns:
            first, last = (re.escape(fold(name).strip()) for name in (self.first, self.last))
            always = [rf"(?<!\w){_loose(number)}(?!\w)" for number in sorted(self.secrets, key=len, reverse=True)]
            if first and last:
                always.append(rf"(?<!\w){first}\s+(?:\S+\s+)?{last}(?!\w)")
                always.append(rf"(?<!\w){last}(?:\s*,\s*|\s+){first}(?!\w)")
            alone = [
                rf"(?<!\w){name}(?!\w)"
                for name in (first, last, re.escape(fold(self.number).strip()) if self._has_telling_number else "")
                if len(name) >= _SHORTEST_NAME
            ]
            self._patterns.extend(re.compile("|".join(parts) or r"(?!)") for parts in (always, alone))
        return self._patterns[0], self._patterns[1]

    @property
    def _has_telling_number(self) -> bool:
        """Whether the driver number is more than a count that may stand anywhere."""
        return len(self.number) >= _SHORTEST_NUMBER or any(letter.isalpha() for letter in self.number)

    def may_be_in(self, words: str) -> bool:
        """Tell, fast, whether there is any trace; a text with escapes in it may always have one."""
        if "\\u" in words:
            return True
        plain = words.lower() if words.isascii() else fold(words)
        if any(name in plain for name in self._named):
            return True
        if not self._numbered:
            return False
        close = "".join(plain.split()).replace("-", "")
        return any(number in close for number in self._numbered)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        return tuple(name for word in (self.first, self.last, self.number) if (name := fold(word).strip()))

    @cached_property
    def _numbered(self) -> tuple[str, ...]:
        return tuple("".join(fold(number).split()).replace("-", "") for number in self.secrets)

    def _born(self) -> re.Pattern[str]:
        day = r"[-/. ]?".join(re.escape(part) for part in self.born.split("-"))
        return re.compile(rf"(?<!\d){day}(?!\d)" if len(self.born) >= _LEAST_BIRTH else r"(?!)")


def person_of(document: JSONObject, local: JSONObject | None = None) -> Person:
    """Return the person of a driver's or passenger's object, with the facts kept beside it."""
    written = [*_papers(document), *_contacts(local or {})]
    return Person(
        first=_text(document, "firstName").strip(),
        last=_text(document, "lastName").strip(),
        born=_text(document, "dateOfBirth").strip(),
        number=_text(document, "driverNumber").strip(),
        papers=frozenset(_bare(number) for number in _papers(document)),
        secrets=frozenset(written),
    )


def _is_personal(here: JSONObject) -> bool:
    return any(name in here for name in ("firstName", "lastName", "driverNumber", "dateOfBirth", "fastCardNumber"))


def _papers(here: JSONObject) -> Iterator[str]:
    """Yield the numbers of papers in an object, as written."""
    for key, item in here.items():
        if isinstance(item, str):
            is_number = key.lower().endswith(("number", "id")) and key != "driverNumber"
            if is_number and len(_bare(item)) >= _SHORTEST_NUMBER and any(letter.isdigit() for letter in item):
                yield item.strip()
        elif is_object(item):
            yield from _papers(item)
        elif isinstance(item, list):
            for one in item:
                if is_object(one):
                    yield from _papers(one)


def _contacts(local: JSONObject) -> Iterator[str]:
    for item in local.values():
        if isinstance(item, str) and len(_bare(item)) >= _LEAST_BIRTH:
            yield item.strip()


def _bare(number: str) -> str:
    return "".join(letter for letter in fold(number) if letter.isalnum())


def _loose(number: str) -> str:
    """Return the pattern of a number in which spaces and dashes may stand anywhere or nowhere."""
    return r"[\s-]?".join(re.escape(letter) for letter in fold(number) if not letter.isspace() and letter != "-")


def _text(here: JSONObject, name: str) -> str:
    value = here.get(name)
    return value if isinstance(value, str) else ""
