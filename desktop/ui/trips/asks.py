"""What the list of trips asks of the program below it: starting trips, and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.domain.lifecycle import Regime
from desktop.services.views import TemplateRow

if TYPE_CHECKING:
    from desktop.domain.mirroring import Load
    from desktop.services.edit_session import EditSession


class Starting(Protocol):
    """Makes new trips, each open for editing afterwards."""

    async def new(self, regime: Regime, company: str | None = None) -> EditSession:
        """Start an empty trip."""
        ...

    async def copy(self, trip_id: str) -> EditSession:
        """Start a trip like another one."""
        ...

    async def repeat(self, trip_id: str) -> EditSession:
        """Start the same trip again, at the same hour of the next day."""
        ...

    async def mirror(self, trip_id: str, load: Load = ...) -> EditSession:
        """Start the way back of a trip."""
        ...

    async def from_template(self, template_id: str) -> EditSession:
        """Start a trip from a template."""
        ...

    async def templates(self, company: str | None = None) -> list[TemplateRow]:
        """Return the templates by name."""
        ...

    async def keep_template(self, trip_id: str, name: str) -> TemplateRow:
        """Keep a trip as a template."""
        ...

    async def rename_template(self, template_id: str, name: str) -> None:
        """Give a template another name."""
        ...

    async def remove_template(self, template_id: str) -> None:
        """Take a template out of the list."""
        ...

    async def bring_template_back(self, template_id: str) -> None:
        """Bring a removed template back."""
        ...
