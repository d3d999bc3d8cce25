"""A key's lease: one at a time, whatever becomes of the last one, and the key is not in it."""

from __future__ import annotations

import hashlib
import os
import random
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.owner.lease import SenderLease
from desktop.security.secret import Secret

ROOT = Path(__file__).resolve().parents[3]
KEY, OTHER = Secret("practice-canary-lease-one"), Secret("practice-canary-lease-two")
_HOLDER = """
import sys
from pathlib import Path
from desktop.owner.lease import SenderLease
from desktop.security.secret import Secret
lease = SenderLease(Path(sys.argv[1]))
sys.stdin.readline()
print(lease.take(Secret(sys.argv[2]).mark), flush=True)
sys.stdin.readline()
"""


def holder(place: Path, key: Secret) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(place), key.reveal()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "True\n"


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_one_at_a_time_holds_a_key_and_other_keys_are_free(tmp_path) -> None:
    first, second = SenderLease(tmp_path / "leases"), SenderLease(tmp_path / "leases")
    assert first.take(KEY.mark)
    assert first.take(KEY.mark), "whose it is already"
    assert (second.take(KEY.mark), second.is_held) == (False, False)
    assert second.take(OTHER.mark)
    assert second.take(KEY.mark) is False
    assert not second.is_held, "who asks for another key gives the first one back"
    first.give_back()
    first.give_back()
    assert second.take(KEY.mark)
    assert first.take(OTHER.mark)
    first.give_back()
    second.give_back()


def test_row_20_of_many_programs_with_one_key_one_connects_and_a_killed_one_holds_nothing(tmp_path) -> None:
    """Real processes that start together; EMANIFEST_RACES says how often, with another seed each time."""
    for seed in range(int(os.environ.get("EMANIFEST_RACES", "1"))):
        dice = random.Random(seed)
        place = tmp_path / f"leases-{seed}"
        holders = [holder(place, KEY) for _ in range(6)]
        try:
            for one in dice.sample(holders, len(holders)):
                go_on(one)  # none has a salt yet: they also make that together
            winners = [one for one in holders if said(one)]
            assert len(winners) == 1, f"seed {seed}"
            lease = SenderLease(place)
            assert not lease.take(KEY.mark)
            winners[0].kill()
            winners[0].wait()
            assert lease.take(KEY.mark), f"free at once after a kill, seed {seed}"
            lease.give_back()
        finally:
            for one in holders:
                end(one)


def test_the_key_is_not_in_it(tmp_path) -> None:
    lease = SenderLease(tmp_path / "leases")
    assert lease.take(KEY.mark)
    raw = KEY.reveal().encode()
    for path in (tmp_path / "leases").iterdir():
        content = path.name.encode() + path.read_bytes()
        assert raw not in content
        for unsalted in (hashlib.sha256(raw), hashlib.sha1(raw, usedforsecurity=False)):
            assert unsalted.hexdigest()[:32].encode() not in content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "leases").stat().st_mode) == 0o700
    lease.give_back()
    other = SenderLease(tmp_path / "other")
    assert other.take(KEY.mark)
    names = [{path.name for path in (tmp_path / one).glob("*[0-9a-f].lock")} for one in ("leases", "other")]
    assert all(names)
    assert not names[0] & names[1], "another user's salt makes another mark"
    other.give_back()


@pytest.mark.parametrize("left", [b"", b"short", b"x" * 33])
def test_a_salt_that_is_broken_is_made_anew(tmp_path, left) -> None:
    (tmp_path / "salt").write_bytes(left)
    (tmp_path / "salt.new").write_bytes(b"left by a program that was killed")
    lease = SenderLease(tmp_path)
    assert lease.take(KEY.mark)
    assert len((tmp_path / "salt").read_bytes()) == 32
    assert not SenderLease(tmp_path).take(KEY.mark)
    lease.give_back()


def test_a_place_that_takes_no_lock_is_said(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        SenderLease(tmp_path / "file").take(KEY.mark)

    def no_lock(_descriptor: int) -> bool:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("filelock._unix.lock_fd_nonblocking", no_lock)
    with pytest.raises(OSError, match="Function not implemented"):
        SenderLease(tmp_path / "leases").take(KEY.mark)


def test_two_threads_of_one_program_are_two_holders(tmp_path) -> None:
    leases = [SenderLease(tmp_path) for _ in range(8)]
    taken: list[bool] = []
    threads = [threading.Thread(target=lambda one=one: taken.append(one.take(KEY.mark))) for one in leases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 7 + [True]
    for one in leases:
        one.give_back()
