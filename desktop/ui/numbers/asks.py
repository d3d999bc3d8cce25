"""What the window asks of the numbering below it."""

from __future__ import annotations

from typing import Any, Protocol

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind
from desktop.services.numbering import RangeRow, UsedPreview


class Numbers(Protocol):
    """Number ranges and what is taken from them."""

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None, count: int = 1
    ) -> list[str]:
        """Take the next numbers for good."""
        ...

    async def standing(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None
    ) -> RangeRow | None:
        """Return the range the next number comes from."""
        ...

    async def driver_of(self, company: str, document: dict[str, Any]) -> str | None:
        """Return the library id of a trip's first driver."""
        ...

    async def ranges(self, company: str | None = None) -> list[RangeRow]:
        """Return the ranges of a company, or of all."""
        ...

    async def add(
        self,
        company: str,
        regime: Regime,
        kind: NumberKind,
        first: str,
        last: str,
        *,
        driver: str = "",
        start: str = "",
        initiator: object | None = None,
    ) -> RangeRow:
        """Keep a new range."""
        ...

    async def edit(
        self,
        row: RangeRow,
        *,
        first: str | None = None,
        last: str | None = None,
        driver: str | None = None,
        start: str | None = None,
        is_active: bool | None = None,
        initiator: object | None = None,
    ) -> RangeRow:
        """Change a range; what is not named stays."""
        ...

    async def doubts(self, company: str, regime: Regime, kind: NumberKind, first: str) -> tuple[str, ...]:
        """Return what is odd about a range."""
        ...

    async def preview_used(self, company: str, regime: Regime, kind: NumberKind, text: str) -> UsedPreview:
        """Return what a list of used numbers would bring."""
        ...

    async def keep_used(self, preview: UsedPreview) -> int:
        """Keep the new numbers of a list as used."""
        ...
