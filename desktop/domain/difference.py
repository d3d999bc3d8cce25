"""What differs between two documents of a trip, field by field; rows are the same where their numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.documents import JSON, MISSING, Missing, is_object, join

_KEYS = ("shipmentControlNumber", "cargoControlNumber", "number", "driverNumber", "name")
"""Members that say which row a row is, the surest first."""

_Steps = tuple[str | int, ...]


class Difference(NamedTuple):
    """One field that differs.

    Attributes:
        pointer: where it stands now; where it stood, for what is gone.
        before: what stood there; MISSING where there was nothing.
        now: what stands there; MISSING where it is gone.
        is_row: a whole row came or went.
    """

    pointer: str
    before: JSON | Missing
    now: JSON | Missing
    is_row: bool = False


def differences(before: JSON, now: JSON) -> list[Difference]:
    """Return what differs, in the order of the present document, then what is gone."""
    return list(_of(before, now, ()))


def _of(before: JSON | Missing, now: JSON | Missing, steps: _Steps) -> Iterator[Difference]:
    if before is now:
        return
    old, new = _like(before, now), _like(now, before)
    if is_object(old) and is_object(new):
        for name in (*new, *(name for name in old if name not in new)):
            yield from _of(old.get(name, MISSING), new.get(name, MISSING), (*steps, name))
    elif isinstance(old, list) and isinstance(new, list) and _are_rows(old) and _are_rows(new):
        yield from _of_rows(old, new, steps)
    elif type(before) is not type(now) or before != now:
        yield Difference(join(*steps), before, now)


def _like(value: JSON | Missing, other: JSON | Missing) -> JSON | Missing:
    """Return an empty object or list for what is missing where the other side has one."""
    if not isinstance(value, Missing):
        return value
    if is_object(other) and other:
        return {}
    return [] if isinstance(other, list) and other and _are_rows(other) else value


def _are_rows(rows: list[JSON]) -> bool:
    return all(is_object(row) for row in rows)


def _of_rows(before: list[JSON], now: list[JSON], steps: _Steps) -> Iterator[Difference]:
    partners = _partners(before, now)
    for place, row in enumerate(now):
        old = partners.get(place)
        if old is None:
            yield Difference(join(*steps, place), MISSING, row, is_row=True)
        else:
            yield from _of(before[old], row, (*steps, place))
    kept = set(partners.values())
    for place, row in enumerate(before):
        if place not in kept:
            yield Difference(join(*steps, place), row, MISSING, is_row=True)


def _partners(before: list[JSON], now: list[JSON]) -> dict[int, int]:
    """Return which row of before each row of now is: by number first, then what is left by its place."""
    found: dict[int, int] = {}
    free = dict(enumerate(before))
    for place, row in enumerate(now):
        key = _key(row)
        match = next((old for old, other in free.items() if key and _key(other) == key), None)
        if match is not None:
            found[place] = match
            del free[match]
    for place, row in enumerate(now):
        if place not in found and place in free and not (_key(row) and _key(free[place]) and len(before) != len(now)):
            found[place] = place
            del free[place]
    return found


def _key(row: JSON) -> str:
    if is_object(row):
        for name in _KEYS:
            value = row.get(name)
            if isinstance(value, str) and value:
                return f"{name}:{value}"
    return ""
