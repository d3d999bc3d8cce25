"""Pictures of every message: its card in the list and the reader, and what can be found wrong with them by measuring.

    python tests/card_pictures.py OUT [NAME ...]

makes OUT/LOOK/NAME.png from the real window, one for each message of `tests/fakes/messages.py`, in which the real
services say what it means for a sample trip; with names, only messages that begin so. Readers longer than the window
are pictured whole as NAME-whole.png. OUT/faults.txt lists what is cut, overlaps or is too faint; with any, the exit code
is 1.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from fakes import contrast
from fakes.clock import ManualClock
from fakes.desk import FakeDesk
from fakes.messages import ACE, EVERY
from fakes.window import opened, until
from pictures import Look, letters, wholes
from PySide6.QtWidgets import QApplication
from unit.services.world import World, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.services.explaining import Explaining
from desktop.services.inbox import card_of
from desktop.services.views import InboxMessage
from desktop.store import open_store
from desktop.ui import theme
from desktop.ui.colours import Scheme
from desktop.ui.place import Place
from desktop.ui.room import cramped

LOOKS = [
    Look(Scheme.LIGHT, 1, (1366, 736)),
    Look(Scheme.DARK, 1, (1366, 736)),
    Look(Scheme.LIGHT, 2, (1366, 736)),
]


async def explained(name: str) -> InboxMessage:
    """Return a message of `EVERY` as the real services explain it, come in for a trip that was sent before."""
    clock = ManualClock()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "data", kind=None, clock=clock)
        world = await World(store, clock).settle()
        regime = Regime.ACE if name in ACE or name not in EVERY or name.startswith("api") else Regime.ACI
        if name.endswith("linked"):
            await world.trip(regime, tripNumber="9SMP261120080000A")  # the older trip that bears the same shipments
        trip = await world.trip(regime)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        clock.advance(60)
        if regime is Regime.ACI:
            await world.hear(EVERY["aci-accepted"](trip.number, []) | {"dateTime": "2026-11-24 12:59:00"})
        number = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
        await world.hear(EVERY[name](trip.number, [one[number] for one in trip.document["shipments"]]))
        item = (await store.inbox.cards(limit=1))[0]
        made = await Explaining(store, lambda: world.lookups).message(item.id)
        await world.keeper.stop()
        await store.close()
    assert made.card.id == card_of(item).id
    return made


async def look_at(look: Look, messages: dict[str, InboxMessage], out: Path | None = None) -> list[str]:
    """Show each message in one look; keep pictures in `out`, return what is wrong with them."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk = FakeDesk()
    desk.all_cards = [one.card for one in messages.values()]
    desk.inbox.messages = {one.card.id: one for one in messages.values()}
    found = []
    with letters(look.scale):
        theme.apply(app, look.scheme)
        async with opened(desk, size=look.size) as it:
            theme.apply(app, look.scheme)
            it.window.go_to(Place.INBOX)
            page = it.shell.inbox
            for name, one in messages.items():
                page.show_card(one.card.id)
                await until(lambda wanted=one.card.id: page.shown_id == wanted)
                await it.settle(4)
                faults = [str(fault) for fault in cramped(page.reader)]
                faults += contrast.faint(page.reader, page.reader.grab().toImage())
                found += [f"{look} {name}: {fault}" for fault in dict.fromkeys(faults)]
                if out is not None:
                    folder = out / str(look)
                    folder.mkdir(parents=True, exist_ok=True)
                    it.window.grab().save(str(folder / f"{name}.png"))
                    for number, whole in enumerate(wholes(page.reader)):
                        whole.save(str(folder / f"{name}-whole{number or ''}.png"))
    theme.apply(app, Scheme.LIGHT)
    return found


async def gathered(names: tuple[str, ...] = ()) -> dict[str, InboxMessage]:
    """Return the messages whose names begin so, explained; all of them without names."""
    return {name: await explained(name) for name in EVERY if not names or name.startswith(names)}


def main(arguments: list[str]) -> int:
    """Make all pictures; return the exit code."""
    import qasync

    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out, names = Path(arguments[0]), tuple(arguments[1:])
    messages = asyncio.run(gathered(names))
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    found: list[str] = []
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        for look in LOOKS:
            found += runner.run(look_at(look, messages, out))
            sys.stdout.write(f"{look}: {len(messages)} messages, {len(found)} faults so far\n")
            sys.stdout.flush()
    (out / "faults.txt").write_text("".join(f"{fault}\n" for fault in found), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # Qt's objects are taken apart in no order worth waiting for
