"""Every kind of sheet of a stored trip: what is on it, what may not be, and in which language."""

from __future__ import annotations

import json

import pytest
from unit.services.world import data_error, good_gateway

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.printing.sheet import SheetKind
from desktop.services.labels import Labels
from desktop.services.sheets import SheetOptions, sheet_of_file
from desktop.settings.first_paint import FILE

CANARIES = {
    "dateOfBirth": "1911-11-11",
    "fastCardNumber": "42799999999999",
    "aceId": "CANARYACEID",
    "driverNumber": "CANARYNUMBER",
}
DOCUMENT = "CANARYDOCUMENT"


def chosen(world, **printing) -> None:
    (world.store.folder / FILE).write_text(json.dumps({"printing": printing}), encoding="utf-8")


def crew(world):
    driver = world.document()["drivers"][0] | CANARIES
    driver["travelDocuments"] = [{"type": "5K", "number": DOCUMENT, "stateProvince": "ON"}]
    return {"drivers": [driver], "passengers": [driver]}


def with_range(world, regime: Regime, first: str, last: str):
    return world.numbering.add(world.company.id, regime, "control", first, last)


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_kind_is_made_or_says_that_it_is_for_the_other_regime(world, run, regime, language) -> None:
    async def main() -> None:
        trip = await world.trip(regime)
        for kind in SheetKind:
            made = world.sheets.make(kind, trip.id, SheetOptions(language=language))
            if not kind.serves(regime):
                with pytest.raises(UsageError) as told:
                    await made
                assert told.value.code == "print.other_regime"
                continue
            sheet = await made
            assert (sheet.kind, sheet.language, sheet.trip_number) == (kind, language, trip.number)
            practice = "PRACTICE" if language == "en" or regime is Regime.ACE else "EXERCICE"
            assert practice in sheet.marks[0]
            assert len(sheet.marks) == (1 if kind is SheetKind.LABELS else 2)

    run(main())


def test_nothing_private_is_on_any_kind_even_after_customs_quoted_it(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(**crew(world))
        world.socket.script = lambda message: [data_error(message, f"document {DOCUMENT} of 1911-11-11 is wrong")]
        await world.submit.send(trip.id)
        await world.deliver()
        for kind in SheetKind:
            if kind.serves(Regime.ACE):
                told = repr(await world.sheets.make(kind, trip.id))
                assert not [word for word in (*CANARIES.values(), DOCUMENT, "1911") if word in told], kind

    run(main())


def test_evidence_holds_every_message_word_for_word_but_what_is_private(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(**crew(world))
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        file = await world.sheets.make(SheetKind.EVIDENCE, trip.id)
        rows = await world.rows(trip)
        bodies = "".join(message.body for message in file.messages)
        assert len(file.messages) >= 2 * len(rows), "what went out and what came in"
        for row in rows:
            assert row.send_id in bodies + "".join("".join(message.detail) for message in file.messages)
            assert any(row.sha256 in line for message in file.messages for line in message.detail)
        assert "ACE_RESPONSE" in bodies
        assert all(json.loads(message.body) for message in file.messages), "still the message, not a likeness of it"
        assert '"firstName": "Sample"' in bodies
        assert bodies.count("\u2022\u2022\u2022\u2022") >= 2 * len(CANARIES)
        assert len(file.history) >= 5
        key = "practice-" + "4711" * 4
        sent = world.socket.sent[-1]
        await world.hear(good_gateway(sent)[0] | {"note": f"key {key}", "companyKey": "of-the-carrier"})
        told = repr(await world.sheets.make(SheetKind.EVIDENCE, trip.id))
        assert "<secret>" in told
        assert key not in told
        assert "of-the-carrier" not in told

    run(main())


def test_contingency_says_what_was_tried_when_and_answered(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        sheet = await world.sheets.make(SheetKind.CONTINGENCY, trip.id)
        assert (sheet.standing, sheet.attempts) == ("Nothing was sent.", ())
        world.clock.advance(60)
        await world.store.link_log.add(world.company.id, "up")
        world.socket.script = lambda _: []
        await world.submit.send(trip.id)
        await world.deliver()
        await world.store.link_log.add(world.company.id, "down", "")
        await world.courier.link_lost()
        sheet = await world.sheets.make(SheetKind.CONTINGENCY, trip.id)
        assert sheet.standing == "It was sent, and it is not known whether it arrived."
        said = [one.words for one in sheet.attempts]
        assert "Connection to BorderConnect made" in said
        assert any("handing over to BorderConnect" in words for words in said)
        assert said.index("Connection to BorderConnect lost") > said.index("Connection to BorderConnect made")
        assert sheet.attempts[0].at == "Tue 24 Nov 2026, 07:01 EST"

    run(main())


def test_settings_decide_what_is_not_said(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        logo = world.store.folder / "logo.png"
        logo.write_bytes(b"picture")
        chosen(
            world,
            language="fr",
            has_qr=True,
            has_cover_list=False,
            foot="  At your   service ",
            phone="519 555-0199",
            logo=str(logo),
            has_driver_name=False,
        )
        cover = await world.sheets.make(SheetKind.ACE_COVER, trip.id)
        assert (cover.language, cover.has_list, cover.look.foot, cover.look.logo) == (
            "fr",
            False,
            "At your service",
            b"picture",
        )
        assert cover.qr is not None or cover.no_qr
        assert [one.phone for one in cover.contacts] == ["519-555-0100", "519 555-0199"]
        assert cover.driver == "Sample Driver One", "CBP asks for it"
        summary = await world.sheets.summary(trip.id)
        assert (summary.driver, summary.crew, summary.has_driver) == ("", (), False)
        assert texts.language() == "en", "the window speaks on in its own"
        logo.unlink()
        assert (await world.sheets.summary(trip.id)).look.logo == b"", "a logo that is gone stops no sheet"
        lead = await world.trip(Regime.ACI)
        chosen(world, lead_bars="ccns")
        assert (await world.sheets.make(SheetKind.ACI_LEAD, lead.id)).is_by_hand

    run(main())


@pytest.mark.parametrize("printing", [{"qr_delimiter": "&"}, {"qr_version": "12345"}, {"language": "xx"}, "nonsense"])
def test_settings_that_make_no_sense_are_the_defaults(world, run, printing) -> None:
    (world.store.folder / FILE).write_text(json.dumps({"printing": printing}), encoding="utf-8")
    sheet = run(world.sheets.summary(run(world.trip()).id))
    assert sheet.language == "en"


def test_a_file_has_every_sheet_but_those_of_a_history(world, tmp_path) -> None:
    file = tmp_path / "trip.json"
    file.write_text(json.dumps(world.document()), encoding="utf-8")
    assert sheet_of_file(str(file), SheetKind.ACE_COVER, SheetOptions(language="fr")).language == "fr"
    assert sheet_of_file(str(file)).kind is SheetKind.SUMMARY
    for kind in (SheetKind.EVIDENCE, SheetKind.CONTINGENCY):
        with pytest.raises(UsageError) as told:
            sheet_of_file(str(file), kind)
        assert told.value.code == "print.needs_history"


# --- labels ----------------------------------------------------------------------------------------------------------


def test_new_labels_take_their_numbers_from_the_range_for_good(world, run) -> None:
    async def main() -> None:
        await with_range(world, Regime.ACI, "9SMPPARS000101", "9SMPPARS000110")
        labels = Labels(world.store, world.numbering, world.sheets, world.clock)
        made = await labels.take(world.company.id, Regime.ACI, 4, options=SheetOptions(copies=2))
        assert made.numbers == tuple(f"9SMPPARS{number:06}" for number in (101, 102, 103, 104) for _ in range(2))
        assert (made.company, made.word, made.marks) == ("Sample Carrier Ltd.", "PARS", ("PRACTICE \u2013 NOT FILED",))
        assert await world.numbering.left(world.company.id, Regime.ACI, "control") == 6
        again = await labels.again(world.company.id, Regime.ACI, made.numbers[:1])
        assert again.numbers == made.numbers[:1], "the same sticker once more takes no number"
        assert await world.numbering.take(world.company.id, Regime.ACI, "control") == ["9SMPPARS000105"]

    run(main())


def test_too_few_numbers_take_none(world, run) -> None:
    async def main() -> None:
        labels = Labels(world.store, world.numbering, world.sheets, world.clock)
        for count in (0, 1):
            with pytest.raises(UsageError) as told:
                await labels.take(world.company.id, Regime.ACE, count)
            assert told.value.code == "print.no_range"
        await with_range(world, Regime.ACE, "SMPL900001", "SMPL900003")
        with pytest.raises(UsageError):
            await labels.take(world.company.id, Regime.ACE, 4)
        assert await world.numbering.left(world.company.id, Regime.ACE, "control") == 3

    run(main())


def test_a_label_too_small_for_the_number_takes_none(world, run) -> None:
    async def main() -> None:
        first = "9SMPPARS" + "9" * 11 + "000001"
        await with_range(world, Regime.ACI, first, first[:-1] + "9")
        labels = Labels(world.store, world.numbering, world.sheets, world.clock)
        with pytest.raises(UsageError) as told:
            await labels.take(world.company.id, Regime.ACI, 2, options=SheetOptions(stock="letter-30"))
        assert told.value.code == "print.label_unfit"
        assert await world.numbering.left(world.company.id, Regime.ACI, "control") == 9
        with pytest.raises(UsageError) as told:
            await labels.take(world.company.id, Regime.ACI, 2, options=SheetOptions(stock="of-my-own"))
        assert told.value.code == "print.no_stock"
        assert len((await labels.take(world.company.id, Regime.ACI, 2)).numbers) == 2

    run(main())


def test_the_stocks_lie_on_their_page() -> None:
    from desktop.printing.label import stocks

    for stock in stocks().values():
        for axis, count in ((0, stock.columns), (1, stock.rows)):
            end = stock.start[axis] + (count - 1) * stock.pitch[axis] + stock.label[axis]
            assert end <= stock.page[axis] + 0.1, stock.name
            assert stock.pitch[axis] >= stock.label[axis] - 0.01, stock.name


# --- French ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["sheet", "print", "history"])
def test_french_has_every_text_of_sheets_with_the_same_values(area: str) -> None:
    from house.test_texts import places
    from house.tree import ROOT

    english, french = (
        json.loads((ROOT / f"resources/i18n/{tongue}/{area}.json").read_text(encoding="utf-8"))
        for tongue in ("en", "fr")
    )
    assert list(french) == list(english)
    wrong = [key for key in english if places(french[key]) != places(english[key])]
    assert wrong == []


def test_french_reasons_are_all_there() -> None:
    from house.test_texts import places
    from house.tree import ROOT

    english, french = (
        json.loads((ROOT / f"resources/i18n/{tongue}/crossing.json").read_text(encoding="utf-8"))
        for tongue in ("en", "fr")
    )
    assert set(english) == set(french)
    assert [key for key in french if places(french[key]) - {"count"} != places(english[key]) - {"count"}] == []
    with texts.speaking("fr"):
        assert texts.text("states.verdict.wait") == "Attendre"
