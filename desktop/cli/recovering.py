"""Commands for backups: made by the owner of the data, put back while nobody uses them."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

from desktop import texts
from desktop.cli.output import Output
from desktop.cli.session import ANSWER_S, folder_of, writing
from desktop.clock import SystemClock, to_text
from desktop.errors import DesktopError, UsageError
from desktop.owner.entry import enter
from desktop.owner.knock import OwnerFound
from desktop.services.backups import restore


async def backup(options: argparse.Namespace, output: Output) -> int:
    """Write a verified snapshot of the data; there are no keys in it."""
    async with writing(options) as writer:
        reply = await writer.run("backup", {"file": str(Path(options.file).absolute())})
    value = {**reply["value"], "file": options.file}
    said = texts.text(
        "backup.made",
        path=options.file,
        trips=texts.text("backup.trips", count=value["trips"]),
        messages=texts.text("backup.messages", count=value["messages"]),
        size=-(-value["bytes"] // 1024),
    )
    output.value(value, said)
    return 0


async def put_back(options: argparse.Namespace, output: Output) -> int:
    """Put a backup back, or with `--confirm` let sending begin again."""
    if options.confirm == (options.file is not None):
        raise UsageError("cli.usage", message=texts.text("backup.one_of"), usage="emanifest restore FILE|--confirm")
    if options.confirm:
        async with writing(options) as writer:
            reply = await writer.run("restore.confirm", {})
        was_held = bool(reply["value"]["was_held"])
        output.value({"held": False}, texts.text("backup.released" if was_held else "backup.not_held"))
        return 0
    value = await asyncio.to_thread(_restore, options)
    words = [
        texts.text(
            "backup.restored",
            trips=texts.text("backup.trips", count=value["trips"]),
            messages=texts.text("backup.messages", count=value["messages"]),
            made=value["made_at"],
        )
    ]
    if value["kept"]:
        words.append(texts.text("backup.kept", path=value["kept"]))
    output.value(value, "\n".join([*words, texts.text("backup.held")]))
    return 0


def _restore(options: argparse.Namespace) -> dict[str, Any]:
    folder = folder_of(options)
    try:
        entered = enter(folder, timeout_s=ANSWER_S)
    except ConnectionError as error:
        raise DesktopError("owner.no_answer", exit_code=5) from error
    if isinstance(entered, OwnerFound):
        raise UsageError("backup.owner_runs")
    try:
        is_practice = True if options.practice else None
        found, kept = restore(Path(options.file).absolute(), folder, SystemClock(), is_practice=is_practice)
    finally:
        entered.give_back()
    return {
        "file": options.file,
        "made_at": to_text(found.made_at),
        "kind": found.kind,
        "trips": found.trips,
        "messages": found.messages,
        "kept": None if kept is None else str(kept),
        "held": True,
    }


COMMANDS = {"backup": backup, "restore": put_back}
