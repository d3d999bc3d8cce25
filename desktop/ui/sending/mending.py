"""Mends what a refusal named as one action: the document changes, so that it can be undone, then the plan is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import texts

if TYPE_CHECKING:
    from desktop.services.one_step import Done
    from desktop.ui.shell import Shell


async def mend(shell: Shell, trip_id: str, what: str, pointer: str = "") -> None:
    """Clear an ACE ID or make ports equal, and show what Send would do then; with nothing to mend, open the trip."""
    await shell.act.flush(trip_id)
    done = await shell.desk.swapping.mending.mend(trip_id, what, pointer)
    if done is None:
        await shell.act.open(trip_id, pointer)
        shell.act.trips.front.toast.say(texts.text(f"sending.mend.{what}.nothing"))
        return
    shell.act.trips.front.toast.say(
        texts.text(f"sending.mend.{what}"),
        action=texts.text("window.undo"),
        on_action=lambda: shell.act.start(_take_back(shell, done), "not_mended"),
    )
    await shell.act.send(trip_id)


async def _take_back(shell: Shell, done: Done) -> None:
    if not await shell.desk.swapping.mending.take_back(done):
        shell.act.trips.front.toast.say(texts.text("sending.swap.kept"), is_failure=True)
