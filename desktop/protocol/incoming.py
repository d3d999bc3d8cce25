"""Understands what came: any frame gives an answer, and none of them is an exception (reliability 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.documents import JSON
from desktop.protocol.kinds import kind_of, unwrapped
from desktop.protocol.strict_json import UnreadableJSON, read

if TYPE_CHECKING:
    from desktop.protocol.messages import Message

NOT_JSON = "protocol.problem.not_json"
NO_OBJECT = "protocol.problem.no_object"
NO_DATA = "protocol.problem.no_data"
UNKNOWN_TYPE = "protocol.problem.unknown_type"
OTHER_SHAPE = "protocol.problem.other_shape"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One frame, understood as far as it can be.

    Attributes:
        kind: the wire type; None for a frame that is no JSON object with `data`.
        value: the JSON value, out of its wrapper where it had one; None for a frame that is no JSON.
        model: the typed message; None where the type is unknown or a member has another type than documented.
        problem: key of the sentence that says what is odd about it; empty where nothing is.
        where: the member that has another type than documented, as a JSON Pointer; else empty.
    """

    kind: str | None
    value: JSON
    model: Message | None
    problem: str
    where: str = ""


def decode(frame: bytes | str) -> Incoming:
    """Return what a frame says. Never raises."""
    try:
        value = unwrapped(read(frame))
    except UnreadableJSON:
        return Incoming(None, None, None, NOT_JSON)
    kind = kind_of(value)
    if kind is None:
        return Incoming(None, value, None, NO_DATA if isinstance(value, dict) else NO_OBJECT)
    return _typed(kind, value)


def _typed(kind: str, value: JSON) -> Incoming:
    from pydantic import ValidationError

    from desktop.protocol.messages import MODELS

    model = MODELS.get(kind)
    if model is None:
        return Incoming(kind, value, None, UNKNOWN_TYPE)
    try:
        return Incoming(kind, value, model.model_validate(value), "")
    except ValidationError as error:
        steps = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
        return Incoming(kind, value, None, OTHER_SHAPE, "".join(f"/{step}" for step in steps))
