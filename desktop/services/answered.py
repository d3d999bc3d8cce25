"""Objections of the gateway and of customs that an edit has answered: they stay away, also after reopening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.documents import JSON
from desktop.services.views import ServerError

_MEMBER = "answered"
_MOST_KEPT = 100


def still_open(errors: Iterable[ServerError], local: Mapping[str, JSON]) -> tuple[ServerError, ...]:
    """Return the objections that no edit has answered since they came."""
    kept = local.get(_MEMBER)
    answered = set(map(str, kept)) if isinstance(kept, list) else set()
    return tuple(error for error in errors if _name(error) not in answered)


def with_answered(local: dict[str, JSON], gone: Iterable[ServerError]) -> dict[str, JSON]:
    """Return the local facts with objections that have just been answered; the oldest are forgotten."""
    kept = local.get(_MEMBER)
    names: list[JSON] = [*(kept if isinstance(kept, list) else ()), *map(_name, gone)]
    return {**local, _MEMBER: names[-_MOST_KEPT:]}


def _name(error: ServerError) -> str:
    return f"{error.at.isoformat()} {error.path}"
