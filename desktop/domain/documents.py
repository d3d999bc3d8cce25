"""The document: one immutable JSON value in the wire shape of its regime, and the paths into it.

Documents are plain values that nobody changes in place. An edit returns a new document that shares everything
it did not touch, so undo, "is it changed?" and memoised checks are comparisons by identity. Paths are JSON
Pointers (RFC 6901) into the document as read.
"""

from __future__ import annotations

from typing import Final, TypeAlias, TypeGuard

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
JSONObject: TypeAlias = "dict[str, JSON]"


class Missing:
    """The type of `MISSING`: there is nothing at this path, which is not the same as null."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()


def is_object(value: object) -> TypeGuard[dict[str, JSON]]:
    """Tell whether a JSON value is an object."""
    return isinstance(value, dict)


def split(pointer: str) -> tuple[str, ...]:
    """Return the unescaped steps of a JSON Pointer; the root is the empty pointer.

    Raises:
        ValueError: not a JSON Pointer.
    """
    if pointer == "":
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON Pointer starts with /: {pointer!r}")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))


def join(*steps: str | int) -> str:
    """Return the JSON Pointer made of unescaped steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def get(document: JSON, pointer: str) -> JSON | Missing:
    """Return the value at `pointer`, or MISSING where there is none."""
    here: JSON = document
    for step in split(pointer):
        if isinstance(here, dict):
            if step not in here:
                return MISSING
            here = here[step]
        elif isinstance(here, list):
            if not _is_index(step) or int(step) >= len(here):
                return MISSING
            here = here[int(step)]
        else:
            return MISSING
    return here


def _is_index(step: str) -> bool:
    return step.isascii() and step.isdigit() and (step == "0" or not step.startswith("0"))


def put(document: JSON, pointer: str, value: JSON | Missing) -> JSON:
    """Return the document with `value` at `pointer`; MISSING takes the member out.

    Objects on the way are made as needed; an object that a removal leaves empty stays. In an array, the index
    after the last appends.

    Raises:
        ValueError: the way leads through a value that is no object or array, or past an array's end.
    """
    return _put(document, split(pointer), value)


def _put(here: JSON | Missing, steps: tuple[str, ...], value: JSON | Missing) -> JSON:
    if not steps:
        if isinstance(value, Missing):
            raise ValueError("the whole document cannot be taken out")
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(here, list):
        return _put_in_array(here, step, rest, value)
    if isinstance(here, Missing) or here is None:
        here = {}
    if not isinstance(here, dict):
        raise ValueError(f"{step!r} leads into a plain value")  # noqa: TRY004 - a path error, whatever the value
    if isinstance(value, Missing) and not rest:
        return {name: member for name, member in here.items() if name != step}
    if isinstance(value, Missing) and step not in here:
        return here
    return {**here, step: _put(here.get(step, MISSING), rest, value)}


def _put_in_array(here: list[JSON], step: str, rest: tuple[str, ...], value: JSON | Missing) -> JSON:
    index = len(here) if step == "-" else int(step) if _is_index(step) else -1
    if not 0 <= index <= len(here):
        raise ValueError(f"no position {step!r} in an array of {len(here)}")
    if isinstance(value, Missing) and not rest:
        return here[:index] + here[index + 1 :]
    old: JSON | Missing = here[index] if index < len(here) else MISSING
    return [*here[:index], _put(old, rest, value), *here[index + 1 :]]


def insert(document: JSON, pointer: str, value: JSON) -> JSON:
    """Return the document with `value` put into an array before the position `pointer` names (`-`: at the end).

    Raises:
        ValueError: the pointer does not name a position in an array.
    """
    steps = split(pointer)
    parent = join(*steps[:-1])
    array = get(document, parent)
    if isinstance(array, Missing):
        array = []
    if not isinstance(array, list) or not steps:
        raise ValueError(f"{parent!r} is not an array")
    index = len(array) if steps[-1] == "-" else int(steps[-1])
    return put(document, parent, [*array[:index], value, *array[index:]])


def remove(document: JSON, pointer: str) -> JSON:
    """Return the document without the member or element at `pointer`; unchanged where there is none."""
    if isinstance(get(document, pointer), Missing):
        return document
    return put(document, pointer, MISSING)
