"""The guards of conftest.py catch what they are for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fakes.clock import NOON, ManualClock
from fakes.keyring_backend import MemoryKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

pytest_plugins = ["pytester"]

LEAVES_BEHIND = {
    "log": ("import logging\ndef test_it():\n    logging.getLogger('x').warning('look')\n", "logged WARNING x: look"),
    "expected log that never comes": ("def test_it(expected_logs):\n    expected_logs('boo')\n", "never logged: boo"),
    "network": (
        (
            "import socket, contextlib\ndef test_it():\n    with contextlib.suppress(OSError), socket.socket() as s:\n"
            "        s.connect(('192.0.2.1', 9))\n"
        ),
        "192.0.2.1",
    ),
    "name": (
        (
            "import socket, contextlib\ndef test_it():\n    with contextlib.suppress(OSError):\n"
            "        socket.getaddrinfo('gateway.invalid', 443)\n"
        ),
        "gateway.invalid",
    ),
    "thread": (
        (
            "import threading\nstop = threading.Event()\ndef test_it():\n    threading.Thread(target=stop.wait, args=(8,), "
            "name='lost').start()\n"
        ),
        "thread lost",
    ),
    "window": (
        "from PySide6.QtWidgets import QLabel\nkept = []\ndef test_it(qapp):\n    kept.append(QLabel('lost'))\n",
        "window QLabel",
    ),
    "task": (
        (
            "import asyncio\nasync def main():\n    global task\n    task = asyncio.create_task(asyncio.sleep(9), name='lost')\n"
            "def test_it(run):\n    run(main())\n"
        ),
        "tasks still running: lost",
    ),
    "Qt task": (
        (
            "import asyncio\nasync def main():\n    global task\n    task = asyncio.create_task(asyncio.sleep(9), name='lost')\n"
            "def test_it(run_qt):\n    run_qt(main())\n"
        ),
        "tasks still running: lost",
    ),
    "callback": (
        (
            "import asyncio\nasync def main():\n    asyncio.get_running_loop().call_soon(lambda: 1 / 0)\n"
            "def test_it(run):\n    run(main())\n"
        ),
        "ZeroDivisionError",
    ),
    "open file": ("def test_it():\n    open(__file__)\n", "ResourceWarning"),
    "timer": (
        "from PySide6.QtCore import QTimer\nkept = []\ndef test_it(qapp):\n    kept.append(QTimer())\n    kept[0].start(99)\n",
        "every 99 ms",
    ),
}


def test_tests_that_leave_something_behind_fail(pytester: pytest.Pytester, request) -> None:
    pytester.makeconftest((request.config.rootpath / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml(
        "[tool.pytest.ini_options]\nfilterwarnings = ['error']\nqt_api = 'pyside6'\naddopts = '-p no:randomly -rfE'"
    )
    for number, (source, _words) in enumerate(LEAVES_BEHIND.values()):
        pytester.makepyfile(**{f"test_{number:02}": source})
    result = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")
    output = result.stdout.str()
    for number, (what, (_source, words)) in enumerate(LEAVES_BEHIND.items()):
        complaint = re.search(rf"^(FAILED|ERROR) test_{number:02}\.py.*", output, re.MULTILINE)
        assert complaint, f"{what}: it passed"
        assert words in output, what


def test_a_test_that_leaves_nothing_passes(pytester: pytest.Pytester, request) -> None:
    pytester.makeconftest((request.config.rootpath / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import asyncio, logging, socket
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QLabel

        def test_log(expected_logs):
            expected_logs("x: look")
            logging.getLogger("x").warning("look")

        def test_loopback():
            with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
                pass

        def test_window(qtbot):
            label = QLabel("Crossing")
            qtbot.addWidget(label)
            label.show()
            timer = QTimer(label)
            timer.start(50)

        def test_loop(run):
            assert run(asyncio.sleep(0, 3)) == 3
            assert run(asyncio.to_thread(lambda: 4)) == 4

        def test_qt_loop(run_qt, until):
            done = []
            async def main():
                QTimer.singleShot(5, lambda: done.append(1))
                await until(lambda: done)
                return await asyncio.to_thread(lambda: 5)
            assert run_qt(main()) == 5
        """
    )
    result = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", "-W", "error")
    result.assert_outcomes(passed=5)


def test_manual_clock_moves_only_by_hand() -> None:
    clock = ManualClock()
    before = clock.monotonic()
    assert clock.now() == NOON
    assert clock.advance(90) == NOON + timedelta(seconds=90)
    assert clock.monotonic() == before + 90
    assert clock.jump(-3600) < NOON
    assert clock.monotonic() == before + 90
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="zone"):
        ManualClock(NOON.replace(tzinfo=None))


def test_memory_keyring_behaves_like_a_keystore() -> None:
    keystore = MemoryKeyring(limit_characters=4)
    assert keystore.get_password("service", "user") is None
    keystore.set_password("service", "user", "abcd")
    assert keystore.get_password("service", "user") == "abcd"
    with pytest.raises(PasswordSetError):
        keystore.set_password("service", "user", "abcde")
    keystore.delete_password("service", "user")
    with pytest.raises(PasswordDeleteError):
        keystore.delete_password("service", "user")
    keystore.is_locked = True
    with pytest.raises(KeyringLocked):
        keystore.get_password("service", "user")
