"""The evidence of a trip: everything that was kept, with hashes, and nothing private unless somebody chose so."""

import base64
import hashlib
import json
import stat

import pytest
from unit.services.test_sheet_kinds import CANARIES, DOCUMENT, crew
from unit.services.world import data_error, good_gateway

from desktop.domain.lifecycle import Regime, Way
from desktop.errors import EnvironmentFailure, UsageError
from desktop.printing.sheet import SheetKind
from desktop.services.evidence import Evidence

PRIVATE = (*CANARIES.values(), DOCUMENT, "1911")


def made(world):
    return Evidence(world.store, world.lookups, world.sheets, world.clock)


async def lived(world, **more):
    """A trip that went out, was quoted by customs, answered twice the same, and printed."""
    trip = await world.trip(**crew(world), **more)
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    sent = world.socket.sent[-1]
    answer = data_error(sent, f"document {DOCUMENT} of 1911-11-11 is wrong")
    await world.hear(answer)
    world.clock.advance(5)
    await world.hear(answer)
    await world.store.printed.add(trip.id, "summary", way=Way.PDF, version=1, is_draft=False, shown={"a": DOCUMENT})
    return trip


def test_json_holds_every_frame_payload_and_step_with_its_hash(world, run) -> None:
    async def main() -> None:
        trip = await lived(world)
        value = await made(world).value(trip.id)
        assert value["trip"]["number"] == trip.number
        assert value["trip"]["regime"] == Regime.ACE
        rows = await world.rows(trip)
        assert [one["sha256"] for one in value["sent"]] == [row.sha256 for row in rows]
        assert len(value["delivery_log"]) == len(await world.store.delivery_log.of_trip(trip.id))
        frames = await world.store.frames.since(0)
        mine = [one for one in frames if "wrong" in one.body.decode()]
        told = {one["frame"]: one for one in value["received"]}
        assert {one.id for one in mine} <= set(told), "each repeat too"
        assert len(mine) == 2
        for one in mine:
            assert told[one.id]["sha256"] == hashlib.sha256(one.body).hexdigest()
        assert [one["sheet"] for one in value["printed"]] == ["summary"]
        assert value["versions"]
        assert value["history"]
        assert any("BorderConnect's own checks" in line for one in value["received"] for line in one["explained"])

    run(main())


def test_what_is_private_is_covered_and_named_unless_chosen(world, run, tmp_path) -> None:
    async def main() -> None:
        trip = await lived(world)
        evidence = made(world)
        await evidence.write(trip.id, tmp_path / "covered.json")
        covered = (tmp_path / "covered.json").read_text(encoding="utf-8")
        assert [word for word in PRIVATE if word in covered] == []
        value = json.loads(covered)
        assert {"Birth date", "Document number", "FAST number", "Gender"} <= set(value["covered"])
        assert not value["with_private"]
        assert all(one["body"]["is"] in {"exact", "covered"} for one in [*value["received"], *value["sent"]])
        assert any(one["body"]["is"] == "covered" for one in value["sent"])
        await evidence.write(trip.id, tmp_path / "open.json", with_private=True)
        shown = json.loads((tmp_path / "open.json").read_text(encoding="utf-8"))
        assert [word for word in (*CANARIES.values(), DOCUMENT) if word not in json.dumps(shown)] == []
        assert shown["with_private"]

    run(main())


def test_with_private_a_body_is_there_byte_for_byte(world, run) -> None:
    async def main() -> None:
        trip = await lived(world)
        frame = world.socket.sent[-1]
        odd = json.dumps({"data": "ACE_RESPONSE", "tripNumber": trip.number, "note": "x  y"}, indent=3).encode()
        await world.hear(odd)
        value = await made(world).value(trip.id, with_private=True)
        bodies = [one["body"] for one in value["received"]]
        assert {"is": "exact", "text": odd.decode()} in bodies
        assert frame

    run(main())


def test_a_key_is_covered_even_where_private_data_were_chosen(world, run) -> None:
    async def main() -> None:
        trip = await lived(world)
        key = "practice-" + "4711" * 4
        answer = good_gateway(world.socket.sent[-1])[0]
        await world.hear(answer | {"note": f"key {key}", "companyKey": world.company.company_key or "of-the-carrier"})
        for with_private in (False, True):
            told = json.dumps(await made(world).value(trip.id, with_private=with_private))
            assert key not in told

    run(main())


def test_bytes_that_are_no_text_are_kept_whole() -> None:
    from desktop.services.covering import Cover
    from desktop.services.evidence import _body

    data = b"\xff\xfe\x00bad"
    body = _body(data, Cover({}, Regime.ACE))
    assert base64.b64decode(body["base64"]) == data


def test_the_file_is_the_users_own_whole_or_not_there(world, run, tmp_path) -> None:
    async def main() -> None:
        trip = await lived(world)
        folder = tmp_path / "evidence"
        folder.mkdir()
        evidence = made(world)
        evidence.draw = lambda sheet: f"{sheet.kind} {sheet.with_private}".encode()
        await evidence.write(trip.id, folder / "a.pdf", with_private=True)
        assert (folder / "a.pdf").read_bytes() == f"{SheetKind.EVIDENCE} True".encode()
        assert stat.S_IMODE((folder / "a.pdf").stat().st_mode) == 0o600
        with pytest.raises(UsageError) as told:
            await evidence.write(trip.id, folder / "a.txt")
        assert told.value.code == "evidence.suffix"
        with pytest.raises(EnvironmentFailure):
            await evidence.write(trip.id, folder / "missing" / "a.json")
        assert sorted(one.name for one in folder.iterdir()) == ["a.pdf"]

    run(main())
