"""What the editors ask of the program below them besides trips and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.domain.lifecycle import Regime
from desktop.services.compared import Comparison
from desktop.services.goods import Goods

if TYPE_CHECKING:
    from desktop.services.erasing import Erased, ErasePreview


class ErasesPeople(Protocol):
    """Erasing people."""

    async def preview(self, item: str) -> ErasePreview:
        """Return what erasing a driver would do."""
        ...

    async def erase(self, item: str, *, with_backups: bool) -> Erased:
        """Erase a driver from everything the program keeps."""
        ...


class ComparesTrips(Protocol):
    """Trips against what customs has of them."""

    async def with_customs(self, trip_id: str) -> Comparison:
        """Return how a trip differs from what went out last and was taken."""
        ...


class GoodsKnown(Protocol):
    """What partners shipped before."""

    async def known(self, company: str, regime: Regime, partner: str, words: str = "") -> list[Goods]:
        """Return what a partner shipped before, the latest first."""
        ...

    async def of_partner(self, partner: str) -> list[Goods]:
        """Return everything remembered for a partner, forgotten ones last."""
        ...

    async def forget(self, goods_id: str) -> None:
        """Offer goods no more."""
        ...

    async def recall(self, goods_id: str) -> None:
        """Offer forgotten goods again."""
        ...
