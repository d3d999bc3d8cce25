"""A program that is killed while a message is on its way says "not sure", and never sends it a second time."""

from __future__ import annotations

from collections.abc import Callable

from fakes.process import MESSAGES, Commands, Practice, until

ACE = "AAAA123457A"
TRIP = str(MESSAGES / "ace-trip.json")
REQUEST = str(MESSAGES / "ace-send-request.json")
UPLOAD = "upload CREATE ACE_TRIP AAAA123457A"


def test_killed_between_claim_and_answer(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice("--scenario", "lost-answer")
    emanifest.add_company(far)
    sending = emanifest.begin("send", TRIP, "--hold", "--wait", "50")
    far.wait_for(UPLOAD)
    sending.kill()
    sending.wait()
    left = emanifest.json(
        "show", ACE
    ).value  # nobody has taken the folder over yet, and the truth is known all the same
    assert (left["delivery"], left["readiness"]["verdict"]) == ("not_sure", "unknown")
    assert len(emanifest.json("list", "trips", "--state", "not_sure").value["items"]) == 1
    after = emanifest.json("send", ACE, "--hold", "--wait", "5")
    assert (after.code, after.value["outcome"]) == (3, "not_sure")
    assert after.value["errors"][0]["text"]
    shown = emanifest.json("show", ACE).value
    assert (shown["delivery"], shown["readiness"]["verdict"]) == ("not_sure", "unknown")
    assert emanifest.json("send", TRIP, "--hold", "--wait", "5").code != 0
    assert len(far.lines(UPLOAD)) == 1


def test_killed_in_a_send_request(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice("--scenario", "lost-answer")
    emanifest.add_company(far)
    sending = emanifest.begin("send", TRIP, "--hold", "--wait", "50")
    far.wait_for(UPLOAD)
    sending.kill()
    sending.wait()
    assert emanifest.json("send", REQUEST, "--wait", "5").code != 0
    assert len(far.lines(UPLOAD)) == 1
    assert far.lines("send request") == []  # nothing goes out for a trip that is in doubt


def test_frames_that_are_odd_or_huge_are_kept_and_shown(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice("--scenario", "garbage")
    emanifest.add_company(far)
    emanifest.json("send", TRIP, "--hold", "--wait", "30")
    emanifest.json("send", REQUEST, "--wait", "30")

    def kinds() -> list[str | None]:
        return [item["kind"] for item in emanifest.json("inbox").value["items"]]

    until(lambda: "ACE_RESPONSE" in kinds(), "the answer behind the garbage")
    items = emanifest.json("inbox").value["items"]
    assert len([item for item in items if item["category"] == "unrecognised"]) >= 10
    assert {item["title"] for item in items if item["kind"] is None}
    assert emanifest.json("show", ACE).value["customs"] == "on_file"
    database = emanifest.folder / "emanifest.db"
    assert database.stat().st_size > 16 * 1024 * 1024  # the 16 MiB frame is among them


def test_a_frame_that_comes_twice_is_one_message_with_its_count(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice("--scenario", "duplicate")
    emanifest.add_company(far)
    emanifest.json("send", TRIP, "--hold", "--wait", "30")
    emanifest.json("send", REQUEST, "--wait", "30")
    items = emanifest.json("inbox").value["items"]
    assert [item["repeats"] for item in items if item["kind"] == "ACE_RESPONSE"] == [2]
    assert emanifest.json("show", ACE).value["customs"] == "on_file"
