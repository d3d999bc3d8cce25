"""`inbox --follow`: prints each new message as one JSON line until Ctrl+C."""

from __future__ import annotations

import argparse
import asyncio
import signal

from desktop.cli.output import Output
from desktop.cli.session import Writer, company_named, reading_desk, writing
from desktop.cli.writing import key_of_this_run
from desktop.services.listings import Listings
from desktop.services.views import InboxFilter

_LOOK_S = 0.5


async def follow(options: argparse.Namespace, output: Output) -> int:
    """Print what is there now and then each new message, oldest first; connects where no owner runs."""
    stop = asyncio.Event()
    for name in ("SIGINT", "SIGTERM"):
        try:
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop.set)
        except NotImplementedError:  # Windows: Ctrl+C cancels the task instead
            continue
    key = key_of_this_run(options)
    try:
        async with writing(options, own_key=key, has_own_key=options.key_stdin) as writer:
            if writer.desk is not None:
                company = None if options.company is None else (await company_named(writer.desk, options.company)).id
                await writer.desk.start_link(company)
            await _print_new(options, output, writer, stop)
    except asyncio.CancelledError:  # Ctrl+C on Windows
        return 0
    return 0


async def _print_new(options: argparse.Namespace, output: Output, writer: Writer, stop: asyncio.Event) -> None:
    seen: dict[str, int] = {}
    if writer.desk is not None:
        while not stop.is_set():
            await _print_unseen(writer.desk.listings, options, output, seen)
            await _pause(stop)
        return
    async with reading_desk(options) as desk:
        while not stop.is_set():
            await _print_unseen(desk.listings, options, output, seen)
            await _pause(stop)


async def _print_unseen(listings: Listings, options: argparse.Namespace, output: Output, seen: dict[str, int]) -> None:
    items = await listings.inbox(InboxFilter(unread_only=options.unread, search=options.search))
    for item in reversed(items):
        if seen.get(item["id"]) != item["repeats"]:
            seen[item["id"]] = item["repeats"]
            output.line(item)


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), _LOOK_S)
    except TimeoutError:
        return
