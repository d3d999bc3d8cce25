"""The last gate before the outbox: what passes here was checked before, so a failure is our mistake.

The models are made from the field table, where the limits stand once. They hold only firm rows (first-party and
transcribed facts), and never more than the check does: a document the check lets through passes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, ValidationError, create_model
from pydantic.types import StringConstraints

from desktop.domain.documents import JSONObject
from desktop.domain.fields import FIELDS, Kind, Need, need_for, path_for
from desktop.domain.fields import Field as Row
from desktop.domain.lifecycle import Regime
from desktop.errors import Bug
from desktop.protocol import kinds

_REGIMES: Final = {
    kinds.ACE_TRIP: Regime.ACE,
    kinds.ACI_TRIP: Regime.ACI,
    kinds.ACE_SHIPMENT: Regime.ACE,
    kinds.ACI_SHIPMENT: Regime.ACI,
}
_SHIPMENT: Final = "/shipments/*"
_SHIPMENT_NEEDS: Final = frozenset({"shipment_control_number", "cargo_control_number"})
"""Rows every shipment needs; one that another carrier has sent does without the others (domain I32)."""

_LOOSE: Final = ConfigDict(extra="allow", strict=True)


class _Node:
    """One place of the table."""

    def __init__(self) -> None:
        self.row: Row | None = None
        self.members: dict[str, _Node] = {}
        self.element: _Node | None = None


def assert_sendable(document: JSONObject) -> None:
    """Let a message pass that may go out.

    Raises:
        Bug: the message breaks a firm limit of the field table, so it should never have come this far. Places are
            named, values never.
    """
    kind = kinds.kind_of(document)
    if kind in kinds.SEND_REQUESTS:
        if not kinds.text_at(document, "type"):
            raise Bug("a send request without a type reached the last gate")
        return
    if kind not in _REGIMES:
        raise Bug("a message of another type reached the last gate")
    is_removal = document.get("operation") == "DELETE"
    model = _model(_REGIMES[kind], is_lone=kind in {kinds.ACE_SHIPMENT, kinds.ACI_SHIPMENT}, is_removal=is_removal)
    try:
        model.model_validate(document)
    except ValidationError as error:
        places = sorted({"/".join(str(step) for step in one["loc"]) for one in error.errors(include_input=False)})
        raise Bug(f"a message that is not ready reached the last gate: {', '.join(places)}") from None


@cache
def _model(regime: Regime, *, is_lone: bool, is_removal: bool) -> type[BaseModel]:
    root = _Node()
    for path, row in _rows(regime):
        if is_lone and not path.startswith(f"{_SHIPMENT}/"):
            continue
        here = root
        for step in (path.removeprefix(_SHIPMENT) if is_lone else path).split("/")[1:]:
            if step == "*":
                here.element = here.element or _Node()
                here = here.element
            else:
                here = here.members.setdefault(step, _Node())
        here.row = row
    return _object(root, regime, is_removal=is_removal)


def _rows(regime: Regime) -> Iterable[tuple[str, Row]]:
    for row in FIELDS:
        path = path_for(row, regime)
        if path is not None:
            yield path, row
        if regime is Regime.ACE and row.also_ace is not None:
            yield row.also_ace, row


def _object(node: _Node, regime: Regime, *, is_removal: bool) -> type[BaseModel]:
    parts: dict[str, Any] = {}
    for number, (name, member) in enumerate(node.members.items()):
        row = member.row
        if row is None or not row.is_firm:
            continue
        kind = _kind(member, row, regime, is_removal=is_removal)
        is_needed = _is_needed(row, regime) and not is_removal
        # Wire names such as `data` or `copy` must not meet pydantic's own attributes, so they are aliases.
        parts[f"member_{number}"] = (kind, Field(alias=name) if is_needed else Field(default=None, alias=name))
    return create_model("Part", __config__=_LOOSE, **parts)


def _is_needed(row: Row, regime: Regime) -> bool:
    path = path_for(row, regime) or ""
    if path.startswith(f"{_SHIPMENT}/") and path.count("/") == _SHIPMENT.count("/") + 1:
        return row.name in _SHIPMENT_NEEDS
    return need_for(row, regime) is Need.YES


def _kind(node: _Node, row: Row, regime: Regime, *, is_removal: bool) -> Any:
    if row.kind is Kind.OBJECT:
        return _object(node, regime, is_removal=is_removal)
    if row.kind is Kind.ARRAY:
        inner = node.element
        return list[_object(inner, regime, is_removal=is_removal)] if inner is not None else list[Any]  # type: ignore[misc]  # a class made at run time
    if row.kind is Kind.TEXT_ARRAY:
        return list[Any]
    if row.kind is Kind.BOOLEAN:
        return StrictBool
    if row.kind in {Kind.NUMBER, Kind.INTEGER}:
        return StrictInt | StrictFloat
    longest = None if row.codes else row.maximum
    return Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=longest)]
