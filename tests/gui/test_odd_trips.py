"""A file may hold any JSON where a word should stand: its trips come in, open, are shown on every tab and go out again."""

from __future__ import annotations

import asyncio
import json
import random
from types import SimpleNamespace
from typing import Any

import pytest
from gui.intake.test_real_table import program
from unit.services.world import golden

from desktop.services.tables.table import Happens
from desktop.ui.editors.sections import in_bond_of
from desktop.ui.editors.tabs import TABS
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ODD = [
    *(None, True, 0, -1, 1.5, 1e300, "x", "\u202e<b>"),
    *([], {}, [1], {"a": 1}, [[]], [{}], ["x", None], {"0": []}),
]
SHARE = 0.12
"""How many of all values are odd."""


def odd(value: Any, dice: random.Random) -> Any:
    """A document with some values of it replaced by what does not belong there; a message stays one."""
    if isinstance(value, dict):
        return {name: one if name == "data" else odd_or(one, dice) for name, one in value.items()}
    return [odd_or(one, dice) for one in value] if isinstance(value, list) else value


def odd_or(value: Any, dice: random.Random) -> Any:
    return dice.choice(ODD) if dice.random() < SHARE else odd(value, dice)


@pytest.mark.parametrize("seed", [1, 7])
def test_trips_with_odd_values_open_on_every_tab_and_are_known_again(run_qt, tmp_path, seed) -> None:
    dice = random.Random(seed)
    trips = [odd(golden(name), dice) for name in ("ace-trip", "aci-trip") * 6]
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(trips), encoding="utf-8")

    async def main() -> None:
        async with program(tmp_path / "data") as (desk, shell):
            company = (await desk.store.companies.all())[0]
            done = await desk.import_preview.bring_in(await desk.import_preview.files([str(file)], company.id))
            assert (len(done.items), done.problems) == (len(trips), [])
            for item in done.items:
                await shell.act.open(item["id"])
                editor = shell.window.editor
                for tab in range(len(TABS)):
                    editor.show_tab(tab)
                editor.page.check_all()
                editor.shipments.check_everything()
                shell.window.grab()
                await asyncio.sleep(0.002)
            shell.window.go_to(Place.TRIPS)
            await asyncio.sleep(0.05)
            table = tmp_path / "all.xlsx"
            await desk.tables.export("shipments", table)
            read = await desk.tables.read(table, kind="shipments")
            preview = await desk.tables.preview(read, desk.tables.guess(read, "shipments"), company=company.id)
            assert set(preview.counts) == {Happens.SAME}

    run_qt(main())


def test_a_shipment_with_a_list_for_its_type_does_not_move_in_bond() -> None:
    rows = [{"type": ["IN_BOND"]}, None, {"type": {}}, {"type": "IN_BOND"}]
    assert in_bond_of(SimpleNamespace(value=lambda _pointer: rows)) == 3
