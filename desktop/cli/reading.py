"""Commands that only read: check, list, show, export, inbox, print, doctor."""

from __future__ import annotations

import argparse
import glob
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from desktop import texts
from desktop.cli import rendering
from desktop.cli.arguments import TABLES
from desktop.cli.output import Output
from desktop.cli.session import company_named, reading_desk
from desktop.errors import DataFolderUnusable, DesktopError, UsageError
from desktop.services.checking import check_file
from desktop.services.files import write_output
from desktop.services.views import InboxFilter
from desktop.services.words import error_words
from desktop.settings.paths import data_folder
from desktop.store import NoData

Command = Callable[[argparse.Namespace, Output], Coroutine[Any, Any, int]]


def files_named(names: list[str]) -> list[str]:
    """Return the files meant by `names`: a shell that does not expand `*.json` leaves it to us."""
    found: list[str] = []
    for name in names:
        matches = sorted(glob.glob(name)) if glob.has_magic(name) and not Path(name).exists() else []  # noqa: PTH207 - patterns may be absolute
        found.extend(matches or [name])
    return found


def is_file(name: str) -> bool:
    """Tell whether `name` names an existing file, and so no trip (product, command line)."""
    try:
        return Path(name).is_file()
    except OSError:  # longer than any file name, or in a folder nobody may look into
        return False


async def check(options: argparse.Namespace, output: Output) -> int:
    """Check files; 0 nothing stops sending, 1 errors found, 2 a file cannot be read."""
    from desktop.services.checking import facts_without_company

    facts = facts_without_company()
    if options.company is not None:
        async with reading_desk(options) as desk:
            facts = await desk.facts.for_check(await company_named(desk, options.company))
    results: list[dict[str, Any]] = []
    worst = 0
    for name in files_named(options.files):
        try:
            messages = check_file(name, facts)
        except DesktopError as error:
            words = error_words(error)
            results.append({"file": name, "error": {"code": words.code, "text": words.text, "remedy": words.remedy}})
            about = "" if words.text.startswith(name) else f"{name}: "
            output.note(f"{about}{words.text}\n{words.remedy}")
            worst = 2
            continue
        results.append({"file": name, "messages": messages})
        if not all(message["ready"] for message in messages):
            worst = max(worst, 1)
    output.value({"files": results}, rendering.checked(results))
    return worst


async def listing(options: argparse.Namespace, output: Output) -> int:
    """List trips, shipments or the library."""
    from desktop.domain.lifecycle import Clearance, Customs, Delivery

    states = sorted({*map(str, Delivery), *map(str, Customs), *map(str, Clearance)})
    if options.state is not None and options.state not in states:
        raise UsageError("cli.state_unknown", state=options.state, states=", ".join(states))
    try:
        async with reading_desk(options) as desk:
            company = None if options.company is None else (await company_named(desk, options.company)).id
            items = await desk.listings.items(options.kind, search=options.search, state=options.state, company=company)
    except NoData:
        items = []
    output.value({"items": items}, rendering.items(options.kind, items))
    return 0


async def show(options: argparse.Namespace, output: Output) -> int:
    """Show one trip: states, readiness, shipments, history."""
    async with reading_desk(options) as desk:
        value = await desk.listings.show(await _trip_id(desk, options))
    output.value(value, rendering.shown(value))
    return 0


async def export(options: argparse.Namespace, output: Output) -> int:
    """Write the exact document of a trip, or a table."""
    if options.trip in TABLES:
        return await _export_table(options, output)
    async with reading_desk(options) as desk:
        detail = await desk.lookups.trip(await _trip_id(desk, options))
    if options.output is None:
        output.document(detail.document)
        return 0
    write_output(options.output, json.dumps(detail.document, ensure_ascii=False, indent=2).encode() + b"\n")
    output.value({"trip": detail.row.number, "file": options.output}, options.output)
    return 0


async def _export_table(options: argparse.Namespace, output: Output) -> int:
    async with reading_desk(options) as desk:
        company = None if options.company is None else (await company_named(desk, options.company)).id
        count = await desk.tables.export(
            options.trip, Path(options.output), company=company, with_private=options.with_private
        )
    output.value(
        {"kind": options.trip, "file": options.output, "count": count},
        texts.text("cli.export.table", file=options.output, count=count),
    )
    return 0


async def inbox(options: argparse.Namespace, output: Output) -> int:
    """List the messages received, newest first; with --follow stay and print each new one."""
    if options.follow:
        from desktop.cli.following import follow

        return await follow(options, output)
    try:
        async with reading_desk(options) as desk:
            company = None if options.company is None else (await company_named(desk, options.company)).id
            items = await desk.listings.inbox(
                InboxFilter(company=company, unread_only=options.unread, search=options.search)
            )
    except NoData:
        items = []
    output.value({"items": items}, rendering.inbox(items))
    return 0


async def print_sheet(options: argparse.Namespace, output: Output) -> int:
    """Write a sheet as PDF; the only command that loads Qt, and without a screen.

    It only reads, so the window does not learn of it: what it prints is not marked when the trip changes.
    """
    from desktop.printing.sheet import SheetKind
    from desktop.services.sheets import SheetOptions, sheet_of_file

    kind = SheetKind.SHIPMENT_LIST if options.sheet == "list" else SheetKind(options.sheet)
    asked = SheetOptions(language=options.language or "", has_qr=options.qr or None)
    if is_file(options.trip):
        sheet = sheet_of_file(options.trip, kind, asked)
    else:
        async with reading_desk(options) as desk:
            sheet = await desk.sheets.make(kind, await _trip_id(desk, options), asked)
    from desktop.cli.paper import write_pdf

    write_pdf(sheet, Path(options.output), options.paper)
    output.value({"file": options.output, "sheet": options.sheet}, texts.text("cli.printed", file=options.output))
    return 0


async def doctor(options: argparse.Namespace, output: Output) -> int:
    """Say what works on this computer, and what to do where it does not."""
    from desktop.cli.screen import looked_at
    from desktop.cli.session import folder_of
    from desktop.services.doctor import examine, unusable

    folder = data_folder(is_practice=options.practice, override=options.data_dir)
    findings = await examine(folder, await looked_at())
    try:
        folder_of(options)
    except DataFolderUnusable as error:
        findings = [unusable(error) if finding["name"] == "data" else finding for finding in findings]
    output.value({"findings": findings}, rendering.findings(findings))
    return 1 if any(finding["state"] == "problem" for finding in findings) else 0


async def _trip_id(desk: Any, options: argparse.Namespace) -> str:
    company = None if options.company is None else (await company_named(desk, options.company)).id
    found: str = await desk.lookups.trip_id(options.trip, company)
    return found


COMMANDS: dict[str, Command] = {
    "check": check,
    "list": listing,
    "show": show,
    "export": export,
    "inbox": inbox,
    "print": print_sheet,
    "doctor": doctor,
}
