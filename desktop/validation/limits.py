"""What the field table alone says of a value: there or not, how long, which form, in which list (domain 3.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from desktop import texts
from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.fields import Field, Kind, Need, need_for
from desktop.domain.numbers import normal_number
from desktop.domain.times import parse_day, parse_wall
from desktop.validation.issue import Issue, Severity
from desktop.validation.rule import Scene, shown

CARGO = frozenset({"shipper", "consignee", "commodities", "city_of_loading", "release_office", "shipment_eta"})
"""Rows that a shipment already on file elsewhere does without (I32)."""

NUMBERS = frozenset({"trip_number_ace", "trip_number_aci", "shipment_control_number", "cargo_control_number"})
"""Rows in which no space belongs, and in ACE no dash (C01)."""

_LOOSE_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.0+)?", re.ASCII)


def normal_text(field: Field, value: str, scene: Scene) -> str:
    """Return a code as it should be written; other text as it is (C01)."""
    if field.name in NUMBERS:
        return normal_number(scene.regime, value)
    return value.strip().upper() if field.kind is Kind.CODE else value


def limited(code: str, *, in_list: bool = True) -> Callable[[Field, JSON | Missing, Scene], Iterator[Issue]]:
    """Return the rule function that only says what the table says, under the rule id `code`."""

    def function(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
        return limits(code, field, value, scene, in_list=in_list)

    return function


def limits(code: str, field: Field, value: JSON | Missing, scene: Scene, *, in_list: bool = True) -> Iterator[Issue]:
    """Yield what the table says against `value`, under a rule id or `shape`.

    Args:
        code: rule id, or `shape` for rows without a rule.
        field: the row.
        value: of the right JSON type, or MISSING.
        scene: where.
        in_list: whether a code that our copy of its list lacks is to be asked about.
    """
    severity = Severity.ERROR if field.is_firm else Severity.WARNING
    if isinstance(value, Missing) or value in ("", []):
        yield from _absent(code, severity, field, value, scene)
    elif isinstance(value, list):
        if field.maximum is not None and len(value) > field.maximum:
            yield _issue(code, "too_many", severity, count=len(value), maximum=field.maximum)
    elif isinstance(value, str):
        yield from _text(code, severity, field, value, scene, in_list=in_list)


def _absent(code: str, severity: Severity, field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    if scene.is_cargo_elsewhere and field.name in CARGO:
        return
    if need_for(field, scene.regime) is Need.YES:
        yield _issue(code, "missing", severity)
    elif isinstance(value, str):
        yield _issue(code, "empty", severity)


def _text(code: str, severity: Severity, field: Field, value: str, scene: Scene, *, in_list: bool) -> Iterable[Issue]:
    text = normal_text(field, value, scene)
    length = len(text)
    if field.kind in {Kind.DATE, Kind.DATETIME}:
        return _time(code, severity, field, text)
    if not text.strip():
        return (_issue(code, "empty", severity),)
    if field.minimum == field.maximum and length != field.maximum:
        return (_issue(code, "length", severity, length=length, wanted=field.maximum),)
    if length < field.minimum:
        return (_issue(code, "too_short", severity, length=length, minimum=field.minimum),)
    if field.maximum is not None and length > field.maximum:
        return (_issue(code, "too_long", severity, length=length, maximum=field.maximum),)
    if field.pattern and not re.fullmatch(field.pattern, text):
        return (_issue(code, "digits" if field.kind is Kind.DIGITS else "form", severity),)
    if in_list and field.codes and text not in (codes := code_list(field.codes)):
        return (
            _issue(
                code,
                "not_listed",
                Severity.WARNING,
                value=shown(text),
                list=texts.text(f"codes.{field.codes}"),
                date=codes.date,
            ),
        )
    return ()


def _time(code: str, severity: Severity, field: Field, text: str) -> Iterable[Issue]:
    if not re.fullmatch(field.pattern, text):
        is_day = field.kind is Kind.DATE
        return (_issue(code, "day" if is_day else "time", severity, None if is_day else _mended_time(text)),)
    if (parse_day(text) if field.kind is Kind.DATE else parse_wall(text)) is None:
        return (_issue(code, "no_such_day", severity),)
    return ()


def _mended_time(text: str) -> str | None:
    found = _LOOSE_TIME.fullmatch(text.strip())
    mended = f"{found[1]} {found[2]}{found[3] or ':00'}" if found else None
    return mended if parse_wall(mended) else None


def _issue(code: str, variant: str, severity: Severity, mend: str | None = None, **values: object) -> Issue:
    if code == "shape":
        return Issue("", f"shape.{variant}", severity, "", values, mend)
    return Issue("", code, severity, variant, values, mend)


def is_missing(value: JSON | Missing) -> bool:
    """Tell whether there is nothing to look at: no member, or an empty one."""
    return value is MISSING or value in ("", [], {})
