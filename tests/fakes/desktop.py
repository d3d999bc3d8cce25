"""A desktop for the program under test: its own screen (Xvfb), session bus, notices and tray, with no panel to see.

The program is the real one, in a process of its own; the desktop is played here, on the bus, with `dbus-fast`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import pytest
from dbus_fast import Message, MessageType, RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from fakes.process import ROOT, environment

LIMIT_S = 40.0


def lacking() -> str:
    """Return why no desktop can be played here; empty where one can."""
    missing = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    return f"this machine lacks {' and '.join(missing)}" if missing else ""


@dataclass
class Notice:
    """One call of Notify, as the notification service got it."""

    number: int
    app: str
    icon: str
    title: str
    line: str
    actions: list[str]
    hints: dict[str, Any]
    shown_ms: int


class Notifications(ServiceInterface):
    """`org.freedesktop.Notifications`: keeps what it is asked to show."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.notices: list[Notice] = []

    @dbus_method()
    def Notify(  # noqa: N802
        self,
        app: DBusStr,
        replaces: DBusUInt32,
        icon: DBusStr,
        title: DBusStr,
        line: DBusStr,
        actions: Annotated[list[str], DBusSignature("as")],
        hints: DBusDict,
        shown_ms: DBusInt32,
    ) -> DBusUInt32:
        number = len(self.notices) + 1
        self.notices.append(Notice(number, app, icon, title, line, actions, hints, shown_ms))
        return number

    @dbus_method()
    def CloseNotification(self, number: DBusUInt32):  # noqa: N802
        pass

    @dbus_method()
    def GetCapabilities(self) -> Annotated[list[str], DBusSignature("as")]:  # noqa: N802
        return ["actions", "body"]

    @dbus_method()
    def GetServerInformation(self) -> Annotated[list[str], DBusSignature("ssss")]:  # noqa: N802
        return ["played", "tests", "1", "1.2"]

    @dbus_signal()
    def ActionInvoked(self, number: int, action: str) -> Annotated[list[Any], DBusSignature("us")]:  # noqa: N802
        return [number, action]


class Watcher(ServiceInterface):
    """`org.kde.StatusNotifierWatcher`: the panel that takes tray icons."""

    def __init__(self) -> None:
        super().__init__("org.kde.StatusNotifierWatcher")
        self.items: list[str] = []

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: DBusStr):  # noqa: N802
        self.items.append(service)

    @dbus_method()
    def RegisterStatusNotifierHost(self, service: DBusStr):  # noqa: N802
        pass

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> Annotated[bool, DBusSignature("b")]:  # noqa: N802
        return True

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> DBusInt32:  # noqa: N802
        return 0

    @dbus_property(access=PropertyAccess.READ)
    def RegisteredStatusNotifierItems(self) -> Annotated[list[str], DBusSignature("as")]:  # noqa: N802
        return self.items


@dataclass
class PlayedDesktop:
    """The desktop around one program.

    Attributes:
        notices: what was shown.
        watcher: which icons there are.
        variables: the environment of a program on this desktop.
    """

    bus: MessageBus
    notices: Notifications
    watcher: Watcher
    folder: Path
    variables: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the window program on this desktop."""
        log = (self.folder / "program.log").open("a", encoding="utf-8")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "desktop", *arguments],
                stdout=log,
                stderr=log,
                text=True,
                cwd=self.folder,
                env=self.variables,
            )
        self.started.append(process)
        return process

    @property
    def log(self) -> str:
        """What the program said on its terminal."""
        return (self.folder / "program.log").read_text(encoding="utf-8")

    async def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait for the program, and say what it said where that never comes."""
        try:
            async with asyncio.timeout(LIMIT_S):
                while not is_so():  # noqa: ASYNC110 - what other processes do has no event here
                    await asyncio.sleep(0.02)
        except TimeoutError:
            pytest.fail(f"never came: {what}\n{self.log}")

    async def call(self, service: str, path: str, interface: str, member: str, signature: str = "", *body: Any) -> Any:
        """Call a method of the program on the bus and return what it answers."""
        answer = await self.bus.call(
            Message(
                destination=service, path=path, interface=interface, member=member, signature=signature, body=list(body)
            )
        )
        assert answer is not None
        assert answer.message_type is MessageType.METHOD_RETURN, (member, answer.body)
        return answer.body[0] if answer.body else None

    async def tray(self) -> Tray:
        """Return the program's tray icon, once it is there."""
        await self.until(lambda: self.watcher.items, "a tray icon")
        return Tray(self, self.watcher.items[-1])

    def is_anything_on_screen(self) -> bool:
        """Tell whether the screen shows a window: an empty one is black from edge to edge."""
        content = (self.folder / "Xvfb_screen0").read_bytes()
        return any(content[len(content) // 4 :: 4099])


@dataclass
class Tray:
    """One tray icon, as a panel uses it."""

    desktop: PlayedDesktop
    service: str

    async def activate(self) -> None:
        """Click the icon."""
        await self.desktop.call(
            self.service, "/StatusNotifierItem", "org.kde.StatusNotifierItem", "Activate", "ii", 0, 0
        )

    async def tooltip(self) -> str:
        """Return what the icon says under the mouse."""
        return str((await self.property("ToolTip"))[2])

    async def until_it_says(self, words: str) -> None:
        """Wait until the words stand under the mouse."""
        said = ""
        try:
            async with asyncio.timeout(LIMIT_S):
                while words not in (said := await self.tooltip()):  # noqa: ASYNC110 - another process says it
                    await asyncio.sleep(0.02)
        except TimeoutError:
            pytest.fail(f"never said: {words!r}, but {said!r}\n{self.desktop.log}")

    async def property(self, name: str) -> Any:
        """Return a property of the icon."""
        found = await self.desktop.call(
            self.service,
            "/StatusNotifierItem",
            "org.freedesktop.DBus.Properties",
            "Get",
            "ss",
            "org.kde.StatusNotifierItem",
            name,
        )
        return found.value

    async def entries(self) -> dict[str, int]:
        """Return the entries of the menu that can be seen, with their numbers."""
        path = await self.property("Menu")
        _, layout = await self._layout(path)
        return {
            item.value[1]["label"].value.replace("_", ""): item.value[0]
            for item in layout[2]
            if "label" in item.value[1] and item.value[1].get("visible", Variant("b", True)).value
        }

    async def _layout(self, path: str) -> Any:
        answer = await self.desktop.bus.call(
            Message(
                destination=self.service,
                path=path,
                interface="com.canonical.dbusmenu",
                member="GetLayout",
                signature="iias",
                body=[0, -1, []],
            )
        )
        assert answer is not None
        return answer.body

    async def choose(self, words: str) -> None:
        """Choose an entry of the menu by its first words."""
        (number,) = [one for label, one in (await self.entries()).items() if label.startswith(words)]
        await self.desktop.call(
            self.service,
            await self.property("Menu"),
            "com.canonical.dbusmenu",
            "Event",
            "isvu",
            number,
            "clicked",
            Variant("i", 0),
            0,
        )


async def _display(folder: Path) -> tuple[asyncio.subprocess.Process, str]:
    """Start a screen; it says itself which number it took."""
    reading, writing = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *("Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-fbdir", str(folder)),
        pass_fds=[writing],
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        number = await asyncio.to_thread(said.readline)
    return process, f":{number.strip()}"


@asynccontextmanager
async def played_desktop(folder: Path, home: Path) -> AsyncIterator[PlayedDesktop]:
    """Play a desktop for as long as the block runs; every process of it ends with the block."""
    screen, display = await _display(folder)
    daemon = await asyncio.create_subprocess_exec(
        *("dbus-daemon", "--session", "--nofork", "--print-address=1"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    desktop = None
    try:
        assert daemon.stdout is not None
        address = (await daemon.stdout.readline()).decode().strip()
        bus = await MessageBus(bus_address=address).connect()
        notices, watcher = Notifications(), Watcher()
        bus.export("/org/freedesktop/Notifications", notices)
        bus.export("/StatusNotifierWatcher", watcher)
        for name in ("org.freedesktop.Notifications", "org.kde.StatusNotifierWatcher"):
            assert await bus.request_name(name) is RequestNameReply.PRIMARY_OWNER
        variables = {
            **environment(home),
            "QT_QPA_PLATFORM": "xcb",
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "PYTHONPATH": str(ROOT),
        }
        desktop = PlayedDesktop(bus, notices, watcher, folder, variables)
        yield desktop
        bus.disconnect()
    finally:
        for process in desktop.started if desktop is not None else []:
            if process.poll() is None:
                process.kill()
            process.wait()
        for one in (daemon, screen):
            one.terminate()
            await one.wait()
