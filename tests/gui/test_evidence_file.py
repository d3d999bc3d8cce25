"""The evidence file itself, as an independent reader of PDF sees it: what is private is nowhere unless chosen."""

import asyncio
import json

import pypdfium2
import pytest
from fakes.clock import ManualClock
from unit.services.test_evidence import lived
from unit.services.test_sheet_kinds import CANARIES, DOCUMENT
from unit.services.world import World

from desktop.services.evidence import Evidence
from desktop.store import open_store
from desktop.ui import paper

PRIVATE = (*CANARIES.values(), DOCUMENT)


@pytest.fixture
def files(qapp, tmp_path):
    """Covered and open files of both forms, of a trip whose documents customs quoted."""
    assert qapp is not None

    async def main():
        store = open_store(tmp_path / "data", kind=None, clock=(clock := ManualClock()))
        world = await World(store, clock).settle()
        trip = await lived(world)
        evidence = Evidence(store, world.lookups, world.sheets, clock)
        evidence.draw = paper.pdf
        for name, with_private in (("covered", False), ("open", True)):
            for form in ("pdf", "json"):
                await evidence.write(trip.id, tmp_path / f"{name}.{form}", with_private=with_private)
        rows = await world.rows(trip)
        await world.keeper.stop()
        await store.close()
        return trip, rows

    with asyncio.Runner() as runner:
        trip, rows = runner.run(main())
    return tmp_path, trip, rows


def read(path):
    with pypdfium2.PdfDocument(path) as document:
        metadata = " ".join(document.get_metadata_dict().values())
        return metadata, [page.get_textpage().get_text_range() for page in document]


def squeezed(text):
    """Letters alone: what stands on two lines in print is still read."""
    return "".join(letter for letter in text if letter.isalnum())


def test_nothing_private_is_in_a_covered_file_and_the_file_says_what_was_covered(files):
    folder, trip, rows = files
    metadata, pages = read(folder / "covered.pdf")
    text = squeezed("".join(pages))
    raw = (folder / "covered.pdf").read_bytes()
    told = (folder / "covered.json").read_text(encoding="utf-8")
    for word in PRIVATE:
        assert squeezed(word) not in text + squeezed(metadata), word
        assert word.encode() not in raw
        assert word not in told
    assert squeezed("Covered: ") in text
    assert squeezed("Birth date") in text
    assert trip.number in metadata
    assert all(row.sha256 in text for row in rows)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert squeezed("BorderConnect's own checks refused it") in text, "each message is explained"


def test_what_was_chosen_is_there_and_the_file_says_so(files):
    folder, _, _ = files
    _, pages = read(folder / "open.pdf")
    text = squeezed("".join(pages))
    shown = json.loads((folder / "open.json").read_text(encoding="utf-8"))
    for word in PRIVATE:
        assert squeezed(word) in text, word
        assert word in json.dumps(shown)
    assert squeezed("with private data of people") in text
    assert "because somebody chose so" in shown["note"]
