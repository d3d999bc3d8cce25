"""Commands that write or send: import, send, company, practice. They run in the owner, here or behind its door."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from desktop import texts
from desktop.assembly import Desk
from desktop.cli import rendering
from desktop.cli.key import key_asked_for, key_of_this_run
from desktop.cli.output import Output
from desktop.cli.reading import files_named, is_file
from desktop.cli.session import Writer, company_named, folder_of, reading_desk, writing
from desktop.errors import UsageError
from desktop.services.files import read_input
from desktop.services.requests import company_values
from desktop.store import NoData

Command = Callable[[argparse.Namespace, Output], Coroutine[Any, Any, int]]


async def bring_in(options: argparse.Namespace, output: Output) -> int:
    """Bring files in as drafts; 0 all came in, 1 some did not, 2 a file could not be read."""
    names = {str(Path(name).absolute()): name for name in files_named(options.files)}
    args = {
        "files": list(names),
        "company": options.company,
        "dry_run": options.dry_run,
        "kind": options.kind,
        "regime": options.regime.upper(),
        "trip": options.trip,
    }
    async with writing(options) as writer:
        reply = await writer.run("import", args)
    for item in (*reply["value"]["items"], *reply["value"]["problems"], *reply["value"]["warnings"]):
        absolute, item["file"] = item["file"], names[item["file"]]  # as it was typed: so the asker knows it
        for part in ("text", "remedy"):
            if part in item:
                item[part] = item[part].replace(absolute, item["file"])
    reply["notes"] = [*reply["notes"], *rendering.cell_notes(reply["value"])]
    return _given(output, reply, rendering.brought_in)


async def send(options: argparse.Namespace, output: Output) -> int:
    """Send a trip, or the messages of a file."""
    is_message = is_file(options.trip)
    if is_message:
        read_input(options.trip)  # what cannot be read is said before the data folder is touched
    args: dict[str, Any] = {
        "trip": None if is_message else options.trip,
        "file": str(Path(options.trip).absolute()) if is_message else None,
        "company": options.company,
        "hold": options.hold,
        "wait": options.wait,
        "trip_reason": options.trip_reason,
        "shipment_reason": options.shipment_reason,
    }
    return await _sent(options, output, "send", args)


async def cancel(options: argparse.Namespace, output: Output) -> int:
    """Ask customs to cancel a trip."""
    args: dict[str, Any] = {"trip": options.trip, "company": options.company, "wait": options.wait}
    return await _sent(options, output, "cancel", args)


async def _sent(options: argparse.Namespace, output: Output, command: str, args: dict[str, Any]) -> int:
    key = key_of_this_run(options)

    async def connect(writer: Writer, desk: Desk) -> None:
        if options.wait is not None:
            await desk.start_link((await company_named(desk, options.company)).id, when_needed=True)
            writer.is_idle = True  # from here on it only waits: what is queued the window sends as well

    async with writing(options, own_key=key, has_own_key=options.key_stdin, on_owned=connect) as writer:
        reply = await writer.run(command, args)
        if writer.desk is not None and writer.desk.link.is_started:
            output.note(texts.text("cli.nobody_listens"))
    return _given(output, reply, rendering.sent)


def _given(output: Output, reply: dict[str, Any], render: Callable[[dict[str, Any]], str]) -> int:
    for note in reply.get("notes", ()):
        output.note(note)
    output.value(reply["value"], render(reply["value"]))
    return int(reply["exit"])


async def company(options: argparse.Namespace, output: Output) -> int:
    """List, add, change, test or remove carriers."""
    return await _COMPANY[options.action](options, output)


async def _list_companies(options: argparse.Namespace, output: Output) -> int:
    try:
        async with reading_desk(options) as desk:
            items = await company_values(desk.store)
    except NoData:
        items = []
    output.value({"items": items}, rendering.companies(items))
    return 0


async def _add_company(options: argparse.Namespace, output: Output) -> int:
    return await _save_company(options, output, "company.add", {})


async def _edit_company(options: argparse.Namespace, output: Output) -> int:
    return await _save_company(options, output, "company.edit", {"rename": options.rename})


async def _save_company(options: argparse.Namespace, output: Output, command: str, more: dict[str, Any]) -> int:
    key = key_asked_for(options, is_new=command == "company.add")
    args: dict[str, Any] = {
        "name": options.name,
        "scacs": options.scac,
        "carrier_codes": options.cbsa,
        "address": options.address,
        "company_key": options.company_key,
        "phone": options.phone,
        "way": options.way,
        "proxy": options.proxy,
        "ca_file": None if options.ca is None else str(Path(options.ca).absolute()),
        **more,
    }
    async with writing(options) as writer:
        reply = await writer.run(command, args)
        if key and reply["exit"] == 0:
            kept = await _keep_key(options, reply["value"], key)
            reply["value"]["has_key"] = kept["is_kept"]
            if not kept["is_kept"]:
                reply["exit"] = 4
                reply["notes"] = [*reply.get("notes", ()), kept["text"]]
        await writer.changed(reply["value"].get("id", ""))
    return _given(output, reply, lambda value: rendering.companies([value]))


async def _keep_key(options: argparse.Namespace, value: dict[str, Any], key: str) -> dict[str, Any]:
    """Write the key to the keystore from here: no key ever goes through the owner's door."""
    from desktop.services.keys import keep_key

    return await keep_key(folder_of(options), value["id"], key, is_practice=value["practice"])


async def _test_company(options: argparse.Namespace, output: Output) -> int:
    key = key_of_this_run(options)
    async with writing(options, own_key=key, has_own_key=options.key_stdin) as writer:
        reply = await writer.run("company.test", {"name": options.name})
    return _given(output, reply, lambda value: f"{value['text']}\n{value['remedy']}".strip())


async def _remove_company(options: argparse.Namespace, output: Output) -> int:
    async with writing(options) as writer:
        reply = await writer.run("company.remove", {"name": options.name})
        await writer.changed(reply["value"].get("id", ""))
    return _given(output, reply, lambda value: texts.text("cli.company.removed", name=value["name"]))


_COMPANY: dict[str, Command] = {
    "list": _list_companies,
    "add": _add_company,
    "edit": _edit_company,
    "test": _test_company,
    "remove": _remove_company,
}


async def practice(options: argparse.Namespace, output: Output) -> int:
    """Run the practice service until Ctrl+C."""
    from desktop.practice.main import run

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), stop.set)
        except NotImplementedError:  # Windows: Ctrl+C raises KeyboardInterrupt instead
            continue
    if sys.stdout is None or sys.stderr is None:
        raise UsageError("cli.practice_unheard")
    try:
        done = await run(
            options.port, options.scenario, out=sys.stdout, err=sys.stderr, stop=stop, explain=output.error
        )
    except asyncio.CancelledError:  # Ctrl+C on Windows
        done = 0
    if done == 0:
        output.note(texts.text("cli.practice.stopped"))
    return done


COMMANDS: dict[str, Command] = {
    "import": bring_in,
    "send": send,
    "cancel": cancel,
    "company": company,
    "practice": practice,
}
