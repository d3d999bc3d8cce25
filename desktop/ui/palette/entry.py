"""One line of the palette, and how well it answers what was typed. Nothing here knows Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.codes import fold
from desktop.ui.sign import Sign


class Group(StrEnum):
    """What a line belongs to, in the order of the list; the value names its head `palette.group.VALUE`."""

    DO = "do"
    TRIPS = "trips"
    SHIPMENTS = "shipments"
    DRIVERS = "drivers"
    EQUIPMENT = "equipment"
    PARTNERS = "partners"
    INBOX = "inbox"
    SETTINGS = "settings"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done or opened.

    Attributes:
        group: where it stands.
        key: what tells it from all others, for what was used lately.
        title: what is read first.
        run: does or opens it.
        detail: said after the title, smaller.
        keys: its shortcut as Qt writes it.
        icon: name of an icon of ours.
        sign: the sign of a state at the right edge, with `state` in words.
        state: what the sign says.
        words: further words it is found by.
        number: the whole number it bears; typed exactly, it stands first.
    """

    group: Group
    key: str
    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""
    icon: str = ""
    sign: Sign | None = None
    state: str = ""
    words: str = ""
    number: str = ""

    @property
    def sentence(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.detail, self.state, self.keys) if part)


EXACT, STARTS, BEGINS, HOLDS, ELSEWHERE = range(5)


def rank(entry: Entry, typed: str) -> int | None:
    """Return how well an entry answers what was typed, 0 the best; None where it does not.

    Every word must stand in it somewhere. A whole number typed out comes first, then a title that starts so, then
    words that begin so, then letters inside the title, then what is found by other words alone.
    """
    wanted = fold(typed).split()
    if not wanted:
        return BEGINS
    title, rest = fold(entry.title), fold(f"{entry.detail} {entry.words} {entry.number}")
    if not all(word in title or word in rest for word in wanted):
        return None
    whole = " ".join(wanted)
    if entry.number and fold(entry.number) == whole:
        return EXACT
    if title.startswith(whole):
        return STARTS
    begun = title.split()
    if all(any(part.startswith(word) for part in begun) for word in wanted):
        return BEGINS
    return HOLDS if all(word in title for word in wanted) else ELSEWHERE


def ordered(entries: Sequence[Entry], typed: str, lately: Sequence[str]) -> list[tuple[int, Entry]]:
    """Return (rank, entry) of what answers, the best first; of equals, what was used lately, then as they came."""
    place = {key: number for number, key in enumerate(lately)}
    found = [(rank(entry, typed), entry) for entry in entries]
    answering = [(good, entry) for good, entry in found if good is not None]
    return sorted(answering, key=lambda one: (one[0], place.get(one[1].key, len(place))))


def spans(title: str, typed: str) -> list[tuple[int, int]]:
    """Return (start, length) of the letters of `title` that were typed, in order and without overlap."""
    plain = title.lower()
    if len(plain) != len(title):  # letters that change their number in lower case: nothing is marked
        return []
    marked = [False] * len(plain)
    for word in typed.lower().split():
        at = plain.find(word)
        for place in range(at, at + len(word) if at >= 0 else at):
            marked[place] = True
    found: list[tuple[int, int]] = []
    for place, is_marked in enumerate(marked):
        if is_marked and found and found[-1][0] + found[-1][1] == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_marked:
            found.append((place, 1))
    return found
