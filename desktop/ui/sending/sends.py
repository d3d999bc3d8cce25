"""Sends trips as a person asks for it: the plan first, then his word, then what came of it. Nothing goes out unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from desktop import texts
from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Customs, Delivery, Regime
from desktop.services.compared import Comparison
from desktop.services.views import SendPreview, SendResult, TripRow
from desktop.ui import dialogs
from desktop.ui.send_plan import Choice, SendPlan, result_words

if TYPE_CHECKING:
    from desktop.ui.act import Act
    from desktop.ui.desk import Desk

_HAD = frozenset(
    {Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED, Customs.ARRIVED, Customs.RELEASED, Customs.REFUSED}
)
"""How far a trip got where customs may have an earlier version of it."""


class ProblemPanel(Protocol):
    """A list of what is wrong with a trip."""

    def go(self, step: int, /) -> None:
        """Put the focus onto the next problem."""
        ...


@runtime_checkable
class ShowsProblems(Protocol):
    """An editor with a list of problems."""

    panel: ProblemPanel


class Sends:
    """The one way from the window to customs: `send_plan.SendPlan` stands before everything."""

    def __init__(self, desk: Desk, act: Act) -> None:
        self._desk = desk
        self._act = act

    async def send(self, trip_id: str) -> None:
        """Show what Send would do; after the user's word do it and say what came of it."""
        await self._act.flush(trip_id)
        row = await self._row(trip_id)
        if not row.company:
            if not await self._act.give(trip_id):
                return
            row = await self._row(trip_id)
        if row.delivery is Delivery.NOT_SURE and await self.decide(trip_id):
            return
        compared = await self._desk.compared.with_customs(trip_id)
        plan = await self._shown(await self._desk.submit.preview(trip_id), row, compared)
        if plan.choice not in {Choice.SEND, Choice.UPLOAD}:
            return
        result = await self._desk.submit.send(
            trip_id,
            hold=plan.choice is Choice.UPLOAD,
            trip_reason=plan.reasons.chosen("trip"),
            shipment_reason=plan.reasons.chosen("shipment"),
        )
        await self._say(result)

    async def cancel(self, trip_id: str) -> None:
        """Show what withdrawing a trip from customs means; after the user's word ask for it."""
        await self._act.flush(trip_id)
        row = await self._row(trip_id)
        if row.delivery is Delivery.NOT_SURE and await self.decide(trip_id):
            return
        plan = await self._shown(await self._desk.submit.preview(trip_id, intent=Intent.CANCEL), row)
        if plan.choice is Choice.SEND:
            await self._say(await self._desk.submit.send(trip_id, intent=Intent.CANCEL))

    async def move(self, number: str, from_trip: str, to_trip: str) -> bool:
        """Show how a shipment comes to another trip; after the user's word do it. Tell whether it was begun."""
        for trip_id in (from_trip, to_trip):
            await self._act.flush(trip_id)
        preview = await self._desk.submit.preview_move(number, from_trip, to_trip)
        plan = await self._shown(preview, await self._row(to_trip), number=number)
        if plan.choice is not Choice.SEND:
            return False
        result = await self._desk.submit.move(
            number,
            from_trip,
            to_trip,
            trip_reason=plan.reasons.chosen("trip"),
            shipment_reason=plan.reasons.chosen("shipment"),
        )
        await self._say(result)
        return True

    async def decide(self, trip_id: str) -> bool:
        """Ask what to do with an attempt nobody is sure of; tell whether there was one."""
        doubt = await self._desk.doubts.of(trip_id)
        if doubt is None:
            return False
        from desktop.ui.doubt_dialog import DoubtDialog  # on use: doubts are rare

        dialog = DoubtDialog(doubt, parent=self._act.trips.front)
        await dialogs.finished(dialog)
        if dialog.choice:
            going_on = await self._desk.doubts.decide(trip_id, dialog.choice)
            if going_on != trip_id:
                await self._act.open(going_on)
            said = texts.text(f"doubt.{dialog.choice}")
            self._act.trips.front.toast.say(texts.text("doubt.done", trip=doubt.trip, what=said))
        return True

    async def _row(self, trip_id: str) -> TripRow:
        return (await self._desk.lookups.trip(trip_id)).row

    async def _shown(
        self, preview: SendPreview, row: TripRow, compared: Comparison | None = None, *, number: str = ""
    ) -> SendPlan:
        """Show a plan until it is answered; show the problems where those are asked for."""
        changes = compared.rows if compared is not None and row.customs in _HAD else ()
        regime: Regime = row.regime
        is_on_file = row.customs in _HAD - {Customs.REFUSED}
        plan = SendPlan(preview, regime, self._act.trips.front, changes=changes, number=number, is_on_file=is_on_file)
        await dialogs.finished(plan)
        if plan.choice is Choice.SHOW_PROBLEMS:
            await self._act.open(row.id)
            trip = self._act.trips.find(row.id)
            editor: object = None if trip is None else trip.editor
            if isinstance(editor, ShowsProblems):
                editor.panel.go(1)
        return plan

    async def _say(self, result: SendResult) -> None:
        title, words, needs_person = result_words(result)
        if needs_person:
            await dialogs.tell(self._act.trips.front, title, words, is_problem=True)
        else:
            self._act.trips.front.toast.say(f"{title}. {words}")
