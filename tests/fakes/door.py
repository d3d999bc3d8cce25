"""A data folder with an open door, and what was asked there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from desktop.errors import Bug, NotFound
from desktop.owner import knock
from desktop.owner.door import Door
from desktop.owner.knock import OwnerFound
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper


class House:
    """A data folder with an open door, and what was asked there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, dict]] = []
        self.reported: list[BaseException] = []
        self.cancelled = asyncio.Event()
        self.waiting = asyncio.Event()
        self.keeper = TaskKeeper(lambda _name, error: self.reported.append(error))
        self.door = Door(folder, self.keeper, write=write_file, patience_s=0.2, sign_of_life_s=0.02)

    @property
    def found(self) -> OwnerFound:
        found = knock.read(self.folder)
        assert found is not None
        return found

    def handle(self, request, args):
        self.asked.append((request, args))
        return self._many(args) if request == "run" else self._one(request)

    async def _one(self, request):
        return {"did": request}

    async def _many(self, args):
        for number in range(args.get("lines", 0)):
            yield {"number": number}
        if "error" in args:
            raise {"found": NotFound("sample.gone", name="x", count=3), "bug": Bug("sample")}[args["error"]]
        if "wait" in args:
            self.waiting.set()
            try:
                await asyncio.sleep(args["wait"])
            except asyncio.CancelledError:
                self.cancelled.set()
                raise
        if "other" in args:
            raise FileNotFoundError("sample")

    async def ask(self, request, args=None, **more):
        return await asyncio.to_thread(lambda: list(knock.ask(self.found, request, args or {}, **more)))

    async def __aenter__(self):
        await self.door.serve(self.handle)
        return self

    async def __aexit__(self, *_error):
        await self.door.stop()
        await self.keeper.stop()


async def raw(found: OwnerFound, data: bytes) -> bytes:
    """Say `data` at the door, and return what comes until the owner closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
    try:
        writer.write(data)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def line(found: OwnerFound, **changed) -> bytes:
    return json.dumps({"v": 1, "token": found.token, "request": "ping", "args": {}} | changed).encode() + b"\n"
