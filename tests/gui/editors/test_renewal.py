"""A change in the library changes no draft; the editor offers to take it over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gui.editors.editor_bench import Bench, example
from gui.editors.test_library import _row

from desktop.domain.lifecycle import Regime
from desktop.services.library import wire_object
from desktop.services.views import Subject
from desktop.ui.goods.join import remember
from desktop.ui.goods.renewal import Renewal, differing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen


@pytest.mark.parametrize("regime", list(Regime))
def test_a_changed_record_is_offered_and_taken_over_as_one_step(run_qt, until, regime):
    async def main() -> None:
        document = example(regime)
        truck = _row("truck", {key: value for key, value in document["truck"].items() if key != "sealNumbers"})
        partner = _row("partner", document["shipments"][0]["consignee"], number=2)
        async with Bench(document, library=[truck, partner]) as bench:
            remember(bench.desk, bench.editor)
            await bench.loaded()
            before = bench.session.document
            assert differing(bench.session, bench.editor.shelf) == []
            changed = replace(truck, document={**truck.document, "vinNumber": "1M8GDM9AXKP042788"}, version=2)
            bench.desk.all_library[0] = changed
            bench.desk.say(Subject.LIBRARY, truck.id)
            await until(lambda: differing(bench.session, bench.editor.shelf))
            assert bench.session.document == before, "nothing changes by itself"
            renewal = bench.editor.findChild(Renewal)
            renewal.offer()
            (action,) = renewal.menu.actions()
            assert action.text() == f"Truck {truck.key}"
            action.trigger()
            renewal.menu.close()
            assert bench.session.value("/truck/vinNumber") == "1M8GDM9AXKP042788"
            assert bench.session.value("/truck").get("sealNumbers") == document["truck"].get("sealNumbers")
            assert differing(bench.session, bench.editor.shelf) == []
            bench.editor.undo()
            assert bench.session.document == before

    run_qt(main())


def test_where_nothing_differs_it_says_so(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE), library=[]) as bench:
            remember(bench.desk, bench.editor)
            renewal = bench.editor.findChild(Renewal)
            renewal.offer()
            assert [(action.text(), action.isEnabled()) for action in renewal.menu.actions()] == [
                ("Everything here is as in the library", False)
            ]
            renewal.menu.close()

    run_qt(main())


def test_one_plate_alone_is_as_good_as_a_list_of_one(run_qt):
    async def main() -> None:
        document = example(Regime.ACE)
        plates = [document["truck"]["licensePlate"]]
        bare = {key: value for key, value in document["truck"].items() if key not in {"licensePlate", "sealNumbers"}}
        row = _row("truck", {**bare, "licensePlates": plates})
        assert wire_object("truck", row.document, Regime.ACE)["licensePlates"] == plates
        async with Bench(document, library=[row]) as bench:
            await bench.loaded()
            assert differing(bench.session, bench.editor.shelf) == []

    run_qt(main())
