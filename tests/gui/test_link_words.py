"""The connection in words, for every state."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.lifecycle import LinkState
from desktop.services import one_sender
from desktop.services.views import LinkStatus
from desktop.ui.link_words import KEY_IN_USE, link_words
from desktop.ui.signs import Sign

NOW = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)


def status(state, **changes):
    values = {
        "since": NOW - timedelta(minutes=9), "company": "Sample", "host": "h", "is_practice": False, "retry_at": None,
        "last_message_at": NOW - timedelta(minutes=6), "waiting": 0, **changes,
    }  # fmt: skip
    return LinkStatus(state, **values)


@pytest.mark.parametrize(
    ("given", "sign", "state", "waiting", "is_grave"),
    [
        (status(LinkState.CONNECTED), Sign.CONNECTED, "Connected", "", False),
        (status(LinkState.CONNECTED, is_practice=True), Sign.PRACTICE, "PRACTICE", "", False),
        (status(LinkState.CONNECTING, waiting=1), Sign.CONNECTING, "Connecting", "1 trip waiting to go", False),
        (status(LinkState.RECONNECTING, retry_at=NOW + timedelta(seconds=7.2), waiting=2), Sign.RECONNECTING, "Reconnecting in 8 s", "2 trips waiting to go", False),
        (status(LinkState.RECONNECTING, retry_at=NOW - timedelta(seconds=3)), Sign.RECONNECTING, "Reconnecting in 0 s", "", False),
        (status(LinkState.KEY_REFUSED), Sign.KEY_REFUSED, "Key refused", "", True),
        (status(LinkState.KEY_REFUSED, is_practice=True), Sign.KEY_REFUSED, "Key refused", "", True),
        (status(LinkState.KEY_NEEDED), Sign.KEY_NEEDED, "Key needed", "", True),
        (status(LinkState.REFUSED), Sign.LINK_REFUSED, "Connection refused", "", True),
        (status(LinkState.SILENT), Sign.SILENT, "Connected, silent for 6 min", "", False),
        (status(LinkState.SILENT, last_message_at=None), Sign.SILENT, "Connected, silent for 9 min", "", False),
        (status(LinkState.OFF), Sign.OFF, "Working offline", "", False),
    ],
)  # fmt: skip
def test_each_state_has_its_words(given, sign, state, waiting, is_grave):
    words = link_words(given, NOW, UTC)
    assert (words.sign, words.state, words.waiting, words.is_grave) == (sign, state, waiting, is_grave)


def test_row_20_a_key_that_another_program_uses_is_said_and_what_to_do():
    words = link_words(status(LinkState.RECONNECTING, detail=KEY_IN_USE, last_message_at=None), NOW, UTC)
    assert words.state == "Key in use elsewhere"
    assert words.detail == (
        "Another program on this computer is connected with this key. Quit it or work offline there: "
        "this one then connects by itself"
    )
    assert KEY_IN_USE == one_sender.KEY_IN_USE


def test_the_detail_says_last_message_and_what_waits():
    assert (
        link_words(status(LinkState.CONNECTED), NOW, UTC).detail
        == "BorderConnect · last message 17:59:00 · nothing waiting to go"
    )
    assert "nothing waiting" not in link_words(status(LinkState.CONNECTED, waiting=1), NOW, UTC).detail
    assert (
        link_words(status(LinkState.KEY_REFUSED, last_message_at=None), NOW, UTC).detail
        == "Nothing is being sent. Check the key · not connected since 17:56"
    )
    assert link_words(status(LinkState.CONNECTED, way="http"), NOW, UTC).detail.startswith(
        "BorderConnect, asked every few seconds · last message"
    )


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (status(LinkState.REFUSED, detail="tls_expired"), "The gateway's certificate has expired."),
        (status(LinkState.RECONNECTING, detail="network"), "Check the internet connection · You can go on working"),
        (status(LinkState.KEY_REFUSED, detail="key_refused"), "BorderConnect refused the key. Nothing is being sent."),
        (status(LinkState.REFUSED, detail="not a known key"), "Nothing is being sent. Check the address"),
    ],
)
def test_why_there_is_no_connection_is_said_with_what_to_do(given, detail):
    assert detail in link_words(given, NOW, UTC).detail
