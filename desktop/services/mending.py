"""Mends what a refusal named, as one edit that can be undone; nothing is sent from here."""

from __future__ import annotations

from desktop.domain.documents import JSONObject
from desktop.domain.mending import Mend, mended
from desktop.services.one_step import Done, OneStep


class Mending:
    """Changes trips so that a refusal does not come again."""

    def __init__(self, one_step: OneStep) -> None:
        self._one_step = one_step

    async def mend(self, trip_id: str, what: str, pointer: str = "") -> Done | None:
        """Mend a trip; None where there is nothing to mend.

        Args:
            trip_id: which trip.
            what: `domain.mending.Mend`.
            pointer: the place that was named.

        Raises:
            NotFound: there is no such trip.
            DesktopError: it could not be written.
        """
        mend = Mend(what)

        def edit(document: JSONObject) -> JSONObject | None:
            return mended(document, mend, pointer)

        return await self._one_step.change(trip_id, edit)

    async def take_back(self, done: Done) -> bool:
        """Undo; False where the trip was changed since."""
        return await self._one_step.take_back(done)
