"""What an import would do is said before anything is kept, and is what then happens."""

from __future__ import annotations

import json

import pytest
from unit.services.world import golden, good_gateway

from desktop.services.import_preview import Fate, ImportPreview
from desktop.services.trip_file import file_name, trip_bytes


@pytest.fixture
def preview(world) -> ImportPreview:
    return ImportPreview(world.store, world.importing, world.facts, world.clock)


def write(folder, *messages, name="file.json") -> str:
    path = folder / name
    path.write_text(json.dumps(list(messages)), encoding="utf-8")
    return str(path)


async def kept(world) -> int:
    return len(await world.store.trips.latest()) + len(await world.store.shipments.latest())


def test_every_fate_is_foreseen_and_nothing_is_kept(world, run, preview, tmp_path) -> None:
    async def main() -> None:
        sent = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(sent.id)
        await world.deliver()
        here = world.document(tripNumber="SMPL0001")
        await world.importing.trip(here, world.company)
        before = await kept(world)
        messages = [
            here,
            {**here, "usPortOfArrival": "0901"},
            {**here, "usPortOfArrival": "0901"},
            {**sent.document, "usPortOfArrival": "0901", "operation": "CREATE"},
            {**sent.document, "usPortOfArrival": "0901", "operation": "UPDATE"},
            world.document(tripNumber="SMPL0003"),
            golden("rns-shipment"),
            {"data": "ACE_SHIPMENT", "shipmentControlNumber": "SMPL9"},
            [],
        ]
        seen = await preview.files([write(tmp_path, *messages)], world.company.id)
        assert [item.fate for item in seen.items] == [
            Fate.SAME,
            Fate.CHANGED,
            Fate.SAME,
            Fate.REFUSED,
            Fate.NEXT,
            Fate.NEW,
            Fate.REFUSED,
            Fate.NEW,
            Fate.REFUSED,
        ]
        assert await kept(world) == before, "nothing is kept by looking"
        assert [item.reason.code for item in seen.items if item.reason] == [
            "import.number_used",
            "import.not_a_draft",
            "import.not_a_draft",
        ]
        done = await preview.bring_in(seen)
        assert done.problems == []
        assert len(done.items) == seen.coming == 4
        assert await kept(world) > before

    run(main())


def test_problems_are_counted_as_the_editor_would(world, run, preview, tmp_path) -> None:
    async def main() -> None:
        sound, empty = world.document(), {"data": "ACE_TRIP", "tripNumber": "SMPL7"}
        seen = await preview.files([write(tmp_path, sound, empty)], world.company.id)
        assert seen.items[0].errors == 0
        assert seen.items[1].errors > 3

    run(main())


def test_a_trip_that_is_here_is_no_second_use_of_its_own_number(world, run, preview, tmp_path) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        seen = await preview.files([write(tmp_path, {**trip.document, "operation": "UPDATE"})], world.company.id)
        assert (seen.items[0].fate, seen.items[0].errors) == (Fate.NEXT, 0)
        other = {**trip.document, "tripNumber": "SMPL0009", "operation": "CREATE"}
        seen = await preview.files([write(tmp_path, other)], world.company.id)
        assert seen.items[0].errors > 0, "its shipments are on the trip that was sent"

    run(main())


def test_unreadable_files_are_named_and_the_others_still_seen(world, run, preview, tmp_path) -> None:
    async def main() -> None:
        broken = tmp_path / "broken.json"
        broken.write_text("{", encoding="utf-8")
        seen = await preview.files([str(broken), write(tmp_path, golden("ace-trip"))], world.company.id)
        assert [(name, error.code) for name, error in seen.unreadable] == [(str(broken), "protocol.json_syntax")]
        assert [item.fate for item in seen.items] == [Fate.NEW]

    run(main())


def test_pasted_text_is_read_like_a_file(world, run, preview) -> None:
    async def main() -> None:
        lines = "\n".join(json.dumps(golden(name)) for name in ("ace-trip", "aci-trip"))
        assert [item.fate for item in (await preview.text(lines, "Clipboard")).items] == [Fate.NEW, Fate.NEW]
        assert (await preview.text("{\udc80", "Clipboard")).unreadable

    run(main())


@pytest.mark.parametrize("name", ["ace-trip", "aci-trip"])
def test_a_trip_written_out_comes_in_again_exactly(world, run, preview, tmp_path, name) -> None:
    async def main() -> None:
        message = {**golden(name), "note": "half \udc80 a character", "ü": [1, 1.0, None]}
        trip, _ = await world.importing.trip(message, world.company)
        path = tmp_path / "out.json"
        path.write_bytes(trip_bytes(trip.document))
        assert json.loads(path.read_bytes()) == trip.document
        assert list(json.loads(path.read_bytes())) == list(trip.document)

    run(main())


def test_names_of_files_hold_nothing_of_a_path() -> None:
    assert file_name("../../SMPL 12/3\x00") == "SMPL123"
    assert len(file_name("A" * 500)) == 60


def test_a_message_with_a_list_for_its_type_is_refused_like_any_other(world, run, preview, tmp_path) -> None:
    names = [write(tmp_path, {"data": ["ACE_TRIP"]}, {"data": {}}, golden("ace-trip"))]
    assert [item.fate for item in run(preview.files(names)).items] == [Fate.REFUSED, Fate.REFUSED, Fate.NEW]
