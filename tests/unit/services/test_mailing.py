"""E-mails that the user's own program opens: well-formed, unsent, with nothing private, and not kept for ever."""

from __future__ import annotations

import email
import email.policy
import os
import stat
import sys
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.services.world import World

from desktop.errors import EnvironmentFailure
from desktop.services.mailing import FOLDER, KEPT_FOR, Letter, Mailing, clean_address, eml, mailto, safe_name

PDF = b"%PDF-1.4 sample \x00\xff" * 40


def _letter(**changes) -> Letter:
    values = {
        "trip": "AAAA123458A",
        "sheet": "Driver's sheet",
        "version": 7,
        "printed_at": "Tue 24 Nov 2026, 13:05 EST",
        "arrival": "Tue 24 Nov 2026, 13:40 EST",
        "marks": ("DRAFT - NOT ON FILE",),
        "pdf": PDF,
        "to": "entries@broker.example",
    }
    return Letter(**{**values, **changes})


def _read(data: bytes):
    return email.message_from_bytes(data, policy=email.policy.default)


def test_the_sheet_is_in_it_and_it_opens_unsent(clock) -> None:
    message = _read(eml(_letter(), clock.now()))
    assert message["X-Unsent"] == "1"
    assert message["To"] == "entries@broker.example"
    assert "AAAA123458A" in message["Subject"]
    assert message["From"] is None, "the mail program knows who writes"
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_content()) == ("application/pdf", PDF)
    assert attached.get_filename() == "AAAA123458A Drivers sheet.pdf"
    body = message.get_body().get_content()
    for words in ("version 7", "13:05 EST", "13:40 EST", "DRAFT - NOT ON FILE", "until the trip is changed"):
        assert words in body


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=80), st.lists(st.text(max_size=20), max_size=2))
def test_no_text_breaks_out_of_its_place(trip, sheet, to, marks) -> None:
    from fakes.clock import ManualClock

    letter = _letter(trip=trip, sheet=sheet, to=to, marks=tuple(marks))
    message = _read(eml(letter, ManualClock().now()))
    assert set(message.keys()) <= {"X-Unsent", "Date", "Subject", "To", "MIME-Version", "Content-Type"}
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PDF
    assert "/" not in attached.get_filename()
    assert "\\" not in attached.get_filename()
    said = parse_qs(urlsplit(mailto(letter)).query)
    assert set(said) == {"subject", "body"}


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" entries@broker.example ", "entries@broker.example"),
        ("a@b", ""),
        ("nobody", ""),
        ("a@b.example, c@d.example", ""),
        ("a@b.example\nBcc: c@d.example", ""),
        ("Sample <a@b.example>", ""),
        ("a@@b.example", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_what_is_no_single_address_is_left_out(value, address) -> None:
    assert clean_address(value) == address


def test_a_name_is_one_that_every_file_system_takes() -> None:
    assert safe_name('A/B\\C:"<x>|?* é 1') == "ABCx é 1"
    assert safe_name("///") != ""
    assert len(safe_name("x" * 500)) <= 60


def test_the_files_are_for_the_user_alone_and_go_after_some_days(world: World, run, clock) -> None:
    async def main() -> None:
        mailing = Mailing(world.store, clock)
        assert await mailing.clear_old() == 0, "there is no folder yet"
        draft, other = await mailing.draft(_letter()), await mailing.draft(_letter())
        assert draft.path != other.path
        assert draft.pdf.read_bytes() == PDF
        assert _read(draft.path.read_bytes())["X-Unsent"] == "1"
        assert draft.path.parent.parent == world.store.folder / FOLDER
        if sys.platform != "win32":
            assert stat.S_IMODE(draft.path.stat().st_mode) == 0o600
            assert stat.S_IMODE(draft.path.parent.stat().st_mode) == 0o700
        now = clock.now().timestamp()
        for one in (draft, other):
            os.utime(one.path.parent, (now, now))
        outside = world.store.folder / "outside"
        outside.mkdir()
        (mailing.folder / "link").symlink_to(outside, target_is_directory=True)
        clock.advance(KEPT_FOR / timedelta(seconds=1) - 60)
        assert await mailing.clear_old() == 0
        os.utime(other.path.parent, (clock.now().timestamp(),) * 2)
        clock.advance(120)
        assert await mailing.clear_old() == 1
        assert not draft.path.exists()
        assert other.path.exists()
        assert outside.is_dir()

    run(main())


def test_a_full_disk_is_told(world: World, run, clock) -> None:
    (world.store.folder / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFailure, match="not_written"):
        run(Mailing(world.store, clock).draft(_letter()))


def test_brokers_come_first_among_those_who_can_be_written_to(world: World, run, clock) -> None:
    async def main() -> None:
        for name, local in (
            ("Zeta Sample Brokers", {"email": "z@broker.example", "roles": ["broker"]}),
            ("Alpha Sample", {"email": "a@sample.example", "roles": ["shipper"]}),
            ("Beta Sample", {"email": "not one"}),
            ("Gamma Sample", {}),
            ("Again Sample", {"email": "A@sample.example"}),
        ):
            await world.library.save("partner", {"name": name}, local)
        found = await Mailing(world.store, clock).recipients()
        assert [(one.address.lower(), one.is_broker) for one in found] == [
            ("z@broker.example", True),
            ("a@sample.example", False),
        ]

    run(main())
