"""The command line's grammar (product, command line: an interface)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from desktop import __version__
from desktop.errors import UsageError

KINDS = ("trips", "shipments", "drivers", "trucks", "trailers", "partners")
SHEETS = ("summary", "ace-cover", "aci-lead", "labels", "list", "contingency", "evidence")
WITH_QR = ("summary", "ace-cover")
PAPERS = ("letter", "a4")
LANGUAGES = ("en", "fr")
LIBRARY = ("drivers", "trucks", "trailers", "partners")
TABLES = (*LIBRARY, "shipments")

_LONGEST_WAIT_S = 86_400
_LAST_PORT, _PORT_DIGITS = 65_535, 5


class _Parser(argparse.ArgumentParser):
    """argparse, but wrong usage becomes one of our errors, so that it can be said as JSON too."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("cli.usage", message=message, usage=self.format_usage().strip())


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST_WAIT_S:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to {_LONGEST_WAIT_S}")
    return seconds


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdecimal() and len(text) <= _PORT_DIGITS else -1
    if not 0 <= port <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: that is a number from 0 to {_LAST_PORT}")
    return port


def _common(*, at_top: bool) -> _Parser:
    """The options that stand before or after the command; after it they only count where given."""
    absent = None if at_top else argparse.SUPPRESS
    common = _Parser(add_help=False)
    place = common.add_mutually_exclusive_group()
    place.add_argument("--data-dir", metavar="DIR", default=absent, help="data folder; default: this user's own")
    place.add_argument(
        "--practice",
        action="store_true",
        default=False if at_top else argparse.SUPPRESS,
        help="use the practice folder",
    )
    common.add_argument("--company", metavar="NAME", default=absent, help="the carrier to work for")
    common.add_argument(
        "--format",
        choices=("text", "json"),
        default="text" if at_top else argparse.SUPPRESS,
        help="json goes to standard output alone, messages to standard error",
    )
    return common


def parse(given: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for.

    Raises:
        UsageError: wrong usage.
    """
    grammar = parser()
    options = grammar.parse_args(given)
    if options.practice and options.data_dir is not None:  # one before, one after the command
        grammar.error("argument --practice: not allowed with argument --data-dir")
    if options.command == "list" and options.kind in LIBRARY and options.state is not None:
        grammar.error(f"argument --state: {options.kind} have no state; only trips and shipments do")
    if options.command == "import" and options.trip is not None and options.kind not in {None, "shipments"}:
        grammar.error(f"argument --trip: {options.kind} cannot be put onto a trip; only shipments can")
    if options.command == "send" and options.hold and (options.trip_reason or options.shipment_reason):
        grammar.error("argument --trip-reason/--shipment-reason: --hold tells customs nothing that needs a reason")
    if options.command == "print" and options.qr and options.sheet not in WITH_QR:
        grammar.error(f"argument --qr: only on --sheet {' or '.join(WITH_QR)}")
    if options.command == "export" and options.trip in TABLES and options.output is None:
        grammar.error(f"argument -o/--output: {options.trip} need a file to be written to")
    if options.command == "export" and options.trip not in TABLES and options.with_private:
        grammar.error("argument --with-private: only for tables; a trip is written as it is")
    return options


def parser() -> argparse.ArgumentParser:
    """Return the parser of `emanifest`."""
    top = _Parser(
        prog="emanifest",
        description="ACE and ACI eManifests from the command line.",
        parents=[_common(at_top=True)],
        allow_abbrev=False,
    )
    top.add_argument(
        "--language", dest="words", choices=LANGUAGES, default=None, help="of what is said; default: as in the settings"
    )
    top.add_argument("--version", action="version", version=f"emanifest {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    after = _common(at_top=False)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[after], allow_abbrev=False)

    check = command("check", "Check BorderConnect messages by the same rules as the editors.")
    check.add_argument("files", nargs="+", metavar="FILE")

    bring_in = command("import", "Bring in BorderConnect JSON as drafts, or CSV and XLSX tables, each all or nothing.")
    bring_in.add_argument("files", nargs="+", metavar="FILE", help="a table is called .csv, .tsv or .xlsx")
    bring_in.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    bring_in.add_argument("--kind", choices=TABLES, default=None, help="what a table holds; default: as its heads say")
    bring_in.add_argument(
        "--regime", choices=("ace", "aci"), default="ace", help="whose shipments, where the table does not say"
    )
    bring_in.add_argument("--trip", metavar="TRIP", default=None, help="put the shipments of a table onto this trip")

    listing = command("list", "List what is in the data folder.")
    listing.add_argument("kind", choices=KINDS, metavar="|".join(KINDS))
    listing.add_argument("--search", metavar="TEXT", default="")
    listing.add_argument("--state", metavar="STATE", default=None, help="a delivery, customs or clearance value")

    show = command("show", "Show state and history of a trip.")
    show.add_argument("trip", metavar="TRIP")

    export = command("export", "Write the exact document of a trip as JSON, or library and shipments as a table.")
    export.add_argument(
        "trip",
        metavar=f"TRIP|{'|'.join(TABLES)}",
        help="these words in small letters name a table; a trip is named by its number",
    )
    export.add_argument("-o", "--output", metavar="FILE", default=None, help="a table: FILE.csv, FILE.tsv or FILE.xlsx")
    export.add_argument(
        "--with-private", action="store_true", help="also birth dates and document numbers, in a table of drivers"
    )

    _sending(command)

    inbox = command("inbox", "Messages received, newest first.")
    inbox.add_argument("--unread", action="store_true")
    inbox.add_argument("--search", metavar="TEXT", default="")
    inbox.add_argument("--follow", action="store_true", help="stay and print each new message as one JSON line")
    inbox.add_argument("--key-stdin", action="store_true", help="read an API key for this run from standard input")

    sheet = command("print", "Write a sheet of a trip as PDF, without a screen.")
    sheet.add_argument("trip", metavar="TRIP|FILE")
    sheet.add_argument("-o", "--output", metavar="OUT.pdf", required=True)
    sheet.add_argument("--sheet", choices=SHEETS, default="summary", help="default: summary, the driver's sheet")
    sheet.add_argument("--paper", choices=PAPERS, default="letter", help="labels decide the size themselves")
    sheet.add_argument("--language", choices=LANGUAGES, default=None, help="of the sheet; default: as in the settings")
    sheet.add_argument(
        "--qr", action="store_true", help="with the QR code, on ACE sheets for the officer; ask CBP first what it reads"
    )

    practice = command("practice", "Run the practice service on this computer.")
    practice.add_argument("--port", type=_port, metavar="N", default=0)
    practice.add_argument("--scenario", metavar="FILE", default=None)

    _recovery(command)
    _company(command("company", "Carriers and their connections."), after)
    command("doctor", "What works on this computer, and what to do where it does not.")
    return top


def _sending(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    send = command("send", "Check, upload and file a trip, or send the messages of a file.")
    send.add_argument("trip", metavar="TRIP|FILE", help="what names an existing file is a file")
    send.add_argument("--hold", action="store_true", help="upload only, file nothing with customs")
    send.add_argument("--wait", type=_seconds, metavar="S", default=None, help="wait up to S seconds for the answer")
    for what in ("trip", "shipment"):
        send.add_argument(
            f"--{what}-reason", metavar="CODE", default="", help=f"CBSA's reason for a change of the {what}, two digits"
        )
    send.add_argument("--key-stdin", action="store_true", help="read an API key for this run from standard input")

    cancel = command("cancel", "Ask customs to cancel a trip with its shipments. What BorderConnect has stays there.")
    cancel.add_argument("trip", metavar="TRIP")
    cancel.add_argument("--wait", type=_seconds, metavar="S", default=None, help="wait up to S seconds for the answer")
    cancel.add_argument("--key-stdin", action="store_true", help="read an API key for this run from standard input")


def _recovery(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    backup = command("backup", "Write a verified snapshot of the data; there are no keys in it.")
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", "Put a backup back. Nothing goes out of it until you have confirmed that you looked.")
    restore.add_argument("file", metavar="FILE", nargs="?", default=None)
    restore.add_argument("--confirm", action="store_true", help="I looked at BorderConnect: sending may begin again")


def _company(company: argparse.ArgumentParser, after: _Parser) -> None:
    actions = company.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=_Parser)

    def action(name: str, text: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=text, description=text, parents=[after], allow_abbrev=False)

    action("list", "List the carriers.")
    for name, text in (("add", "Add a carrier."), ("edit", "Change a carrier.")):
        one = action(name, text)
        one.add_argument("name", metavar="NAME")
        one.add_argument("--scac", action="append", metavar="CODE", default=None, help="repeat for several")
        one.add_argument("--cbsa", action="append", metavar="CODE", default=None, help="repeat for several")
        one.add_argument("--address", default=None, help="the suffix BorderConnect gave you, or a full wss:// address")
        one.add_argument("--company-key", metavar="KEY", default=None)
        one.add_argument("--phone", default=None, help="dispatch, for the driver's sheet")
        one.add_argument("--ca", metavar="FILE", default=None, help="a further certificate authority (PEM)")
        one.add_argument("--way", choices=("socket", "http"), default=None, help="http where sockets are blocked")
        one.add_argument(
            "--proxy", metavar="ADDRESS", default=None, help="system (the usual), none, or http://host:port"
        )
        one.add_argument("--key-stdin", action="store_true", help="read the API key from standard input")
        if name == "edit":
            one.add_argument("--rename", metavar="NAME", default=None)
    test = action("test", "Connect once and say what the gateway answered.")
    test.add_argument("name", metavar="NAME")
    test.add_argument("--key-stdin", action="store_true", help="read an API key for this run from standard input")
    action("remove", "Take a carrier out of the lists; its trips and messages stay.").add_argument(
        "name", metavar="NAME"
    )
