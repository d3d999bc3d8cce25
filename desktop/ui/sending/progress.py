"""What a person does about a plan that runs: look at its steps, stop what has not gone out, go on after a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import texts
from desktop.services.views import PlanAction
from desktop.ui import dialogs
from desktop.ui.sending.plan_words import customs_name
from desktop.ui.sending.progress_words import regime_of

if TYPE_CHECKING:
    from desktop.services.views import PlanView
    from desktop.ui.shell import Shell


async def show_steps(shell: Shell, trip_id: str) -> None:
    """Show the steps of a trip's newest plan, and do what is chosen there."""
    from desktop.ui.sending.steps_dialog import StepsDialog

    plan = await shell.desk.progress.of_trip(trip_id)
    if plan is None:
        return
    trip = (await shell.desk.lookups.trip(trip_id)).row.number
    dialog = StepsDialog(plan, trip, shell.desk.clock.now(), shell.act.trips.front)
    await dialogs.finished(dialog)
    if dialog.chosen is not None:
        await act(shell, trip_id, dialog.chosen, plan)


async def act(shell: Shell, trip_id: str, action: PlanAction, plan: PlanView | None = None) -> None:
    """Do one of the things that may be done about a plan."""
    if action is PlanAction.DECIDE:
        await shell.act.sending.decide(trip_id)
    elif action is PlanAction.SEND:
        await shell.act.send(trip_id)
    elif action is PlanAction.STOP:
        await shell.desk.progress.stop(trip_id)
        shell.act.trips.front.toast.say(texts.text("sending.stopped"))
    elif plan is not None and await _is_sure(shell, plan):
        await shell.desk.progress.go_on(trip_id)


async def _is_sure(shell: Shell, plan: PlanView) -> bool:
    """Ask whether a person saw with customs what the program has not heard: doing nothing is the default."""
    who = customs_name(regime_of(plan))
    return await dialogs.ask(
        shell.act.trips.front,
        texts.text("sending.go_on", who=who),
        texts.text("sending.go_on.text", who=who),
        accept=texts.text("sending.go_on.yes", who=who),
        reject=texts.text("sending.go_on.no"),
        is_grave=True,
    )
