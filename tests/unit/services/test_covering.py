"""Private data in a trip's evidence, in the spellings and places in which others quote it."""

import json

import pytest
from unit.services.test_evidence import made
from unit.services.test_sheet_kinds import DOCUMENT, crew
from unit.services.world import data_error, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.printing.sheet import SheetKind
from desktop.services.covering import COVER, Cover

QUOTED = f"""{DOCUMENT.lower()} / {DOCUMENT[:6]} {DOCUMENT[6:]} / {DOCUMENT[:6]}-{DOCUMENT[6:]} / born 19111111, 11/11/1911,
    1911.11.11 / passenger CANARYOTHER born 19221213 or 13/12/1922 or 12/13/1922 / driver canarynumber"""
CANARIES = ("CANARY", "1911", "1922", "1933", "1944", "STRANGER")


@pytest.mark.parametrize("regime", list(Regime))
def test_however_others_spell_or_wrap_it_nothing_private_is_in_the_evidence(world, run, regime) -> None:
    async def main() -> None:
        people = crew(world)
        other = {"number": "CANARYOTHER", "type": "5K", "stateProvince": "ON"}
        people["passengers"] = [people["drivers"][0] | {"dateOfBirth": "1922-12-13", "travelDocuments": [other]}]
        trip = await world.trip(regime, **people)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        sent = world.socket.sent[-1]
        await world.hear(data_error(sent, QUOTED))
        strangers = {"travelDocuments": [{"number": "STRANGER1"}], "birthDate": "1933-03-03", "dob": "19330303"}
        strangers |= {"documents": [{"number": "STRANGER2"}], "passportNumber": "STRANGER3"}
        inner = json.dumps({"drivers": [people["drivers"][0] | {"dateOfBirth": "1944-04-04"}]})
        answer = data_error(sent, "seen")
        await world.hear(answer | {"note": QUOTED, "people": {"passengers": [strangers]}, "original": inner})
        value = json.dumps(await made(world).value(trip.id), ensure_ascii=False)
        paper = repr(await world.sheets.make(SheetKind.EVIDENCE, trip.id))
        for told in (value, paper):
            assert [canary for canary in CANARIES if canary in told.upper()] == []
            assert trip.number in told

    run(main())


def test_what_only_looks_alike_stays() -> None:
    document = {"drivers": [{"dateOfBirth": "1984-02-29", "travelDocuments": [{"number": "AB1234", "type": "5K"}]}]}
    cover = Cover(document, Regime.ACE)
    for harmless in ("trip 119840229001", "A B 12345", "1 984 02 29", "[not json", '{"a": 1}', "license plate P1"):
        assert cover.value(harmless) == harmless
    assert cover.over("ab-12 34, 29.02.1984") == f"{COVER}, {COVER}"
