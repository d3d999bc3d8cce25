"""Two data folders of one user with the same key: one is connected, the other says so and takes over (row 20)."""

from __future__ import annotations

from collections.abc import Callable

from fakes.process import MESSAGES, Commands, Practice, until

TRIP = str(MESSAGES / "ace-trip.json")
ACE = "AAAA123457A"


def test_row_20_two_data_folders_with_one_key_never_connect_both(
    folder_of: Callable[[str], Commands], practice: Callable[..., Practice]
) -> None:
    """The second is told why, what it has to send waits, and a first that is killed frees the key at once."""
    far = practice()
    first, second = folder_of("first"), folder_of("second")
    for one in (first, second):
        assert one.add_company(far).value["has_key"]
    following = first.begin("inbox", "--follow")
    far.wait_for("opened")
    tested = second.json("company", "test", "Sample Carrier")
    assert tested.code == 4
    assert tested.value["text"] == "Another program on this computer is connected with this key."
    sent = second.json("send", TRIP, "--hold", "--wait", "0")
    assert (sent.code, sent.value["outcome"]) == (4, "no_connection")
    waiting = second.begin("inbox", "--follow")
    second.wait_for_owner(waiting)
    assert len(far.lines("opened")) == 1
    assert far.lines("upload") == []
    following.kill()
    following.wait()
    far.wait_for("opened", 2)
    far.wait_for("upload CREATE ACE_TRIP AAAA123457A: imported")
    until(lambda: second.json("show", ACE).value["delivery"] == "delivered", "what waited for the key is delivered")
    assert first.json("company", "test", "Sample Carrier").value["state"] == "reconnecting"
    assert len(far.lines("opened")) == 2
    assert len(far.lines("upload")) == 1
    leases = list((first.home / ".local" / "state" / "emanifest-desk" / "leases").iterdir())
    assert len([path for path in leases if path.name not in {"salt", "salt.lock"}]) == 1
