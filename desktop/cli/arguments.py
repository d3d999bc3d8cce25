"""The command line's grammar (product, command line: an interface)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from desktop import __version__
from desktop.errors import UsageError
from desktop.texts import text

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


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST_WAIT_S:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of seconds from 0 to {_LONGEST_WAIT_S}")
    return seconds


def _port(given: str) -> int:
    port = int(given) if given.isascii() and given.isdecimal() and len(given) <= _PORT_DIGITS else -1
    if not 0 <= port <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{given!r} is no port: that is a number from 0 to {_LAST_PORT}")
    return port


def _common(*, at_top: bool) -> _Parser:
    """The options that stand before or after the command; after it they only count where given."""
    absent = None if at_top else argparse.SUPPRESS
    common = _Parser(add_help=False)
    place = common.add_mutually_exclusive_group()
    place.add_argument("--data-dir", metavar="DIR", default=absent, help=text("usage.data_dir"))
    place.add_argument(
        "--practice",
        action="store_true",
        default=False if at_top else argparse.SUPPRESS,
        help=text("usage.practice_folder"),
    )
    common.add_argument("--company", metavar="NAME", default=absent, help=text("usage.company_name"))
    common.add_argument(
        "--format",
        choices=("text", "json"),
        default="text" if at_top else argparse.SUPPRESS,
        help=text("usage.format"),
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
        description=text("usage.description"),
        parents=[_common(at_top=True)],
        allow_abbrev=False,
    )
    top.add_argument("--language", dest="words", choices=LANGUAGES, default=None, help=text("usage.language"))
    top.add_argument("--version", action="version", version=f"emanifest {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    after = _common(at_top=False)

    def command(name: str, what: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=what, description=what, parents=[after], allow_abbrev=False)

    check = command("check", text("usage.check"))
    check.add_argument("files", nargs="+", metavar="FILE")

    bring_in = command("import", text("usage.import"))
    bring_in.add_argument("files", nargs="+", metavar="FILE", help=text("usage.import.files"))
    bring_in.add_argument("--dry-run", action="store_true", help=text("usage.import.dry_run"))
    bring_in.add_argument("--kind", choices=TABLES, default=None, help=text("usage.import.kind"))
    bring_in.add_argument("--regime", choices=("ace", "aci"), default="ace", help=text("usage.import.regime"))
    bring_in.add_argument("--trip", metavar="TRIP", default=None, help=text("usage.import.trip"))

    listing = command("list", text("usage.list"))
    listing.add_argument("kind", choices=KINDS, metavar="|".join(KINDS))
    listing.add_argument("--search", metavar="TEXT", default="")
    listing.add_argument("--state", metavar="STATE", default=None, help=text("usage.list.state"))

    show = command("show", text("usage.show"))
    show.add_argument("trip", metavar="TRIP")

    export = command("export", text("usage.export"))
    export.add_argument(
        "trip",
        metavar=f"TRIP|{'|'.join(TABLES)}",
        help=text("usage.export.trip"),
    )
    export.add_argument("-o", "--output", metavar="FILE", default=None, help=text("usage.export.output"))
    export.add_argument("--with-private", action="store_true", help=text("usage.export.with_private"))

    _sending(command)

    inbox = command("inbox", text("usage.inbox"))
    inbox.add_argument("--unread", action="store_true")
    inbox.add_argument("--search", metavar="TEXT", default="")
    inbox.add_argument("--follow", action="store_true", help=text("usage.inbox.follow"))
    inbox.add_argument("--key-stdin", action="store_true", help=text("usage.key_run"))

    sheet = command("print", text("usage.print"))
    sheet.add_argument("trip", metavar="TRIP|FILE")
    sheet.add_argument("-o", "--output", metavar="OUT.pdf", required=True)
    sheet.add_argument("--sheet", choices=SHEETS, default="summary", help=text("usage.print.sheet"))
    sheet.add_argument("--paper", choices=PAPERS, default="letter", help=text("usage.print.paper"))
    sheet.add_argument("--language", choices=LANGUAGES, default=None, help=text("usage.print.language"))
    sheet.add_argument("--qr", action="store_true", help=text("usage.print.qr"))

    practice = command("practice", text("usage.practice"))
    practice.add_argument("--port", type=_port, metavar="N", default=0)
    practice.add_argument("--scenario", metavar="FILE", default=None)

    _recovery(command)
    _company(command("company", text("usage.company")), after)
    command("doctor", text("usage.doctor"))
    return top


def _sending(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    send = command("send", text("usage.send"))
    send.add_argument("trip", metavar="TRIP|FILE", help=text("usage.send.trip"))
    send.add_argument("--hold", action="store_true", help=text("usage.send.hold"))
    send.add_argument("--wait", type=_seconds, metavar="S", default=None, help=text("usage.wait"))
    for what in ("trip", "shipment"):
        send.add_argument(f"--{what}-reason", metavar="CODE", default="", help=text(f"usage.send.{what}_reason"))
    send.add_argument("--key-stdin", action="store_true", help=text("usage.key_run"))

    cancel = command("cancel", text("usage.cancel"))
    cancel.add_argument("trip", metavar="TRIP")
    cancel.add_argument("--wait", type=_seconds, metavar="S", default=None, help=text("usage.wait"))
    cancel.add_argument("--key-stdin", action="store_true", help=text("usage.key_run"))


def _recovery(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    backup = command("backup", text("usage.backup"))
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", text("usage.restore"))
    restore.add_argument("file", metavar="FILE", nargs="?", default=None)
    restore.add_argument("--confirm", action="store_true", help=text("usage.restore.confirm"))


def _company(company: argparse.ArgumentParser, after: _Parser) -> None:
    actions = company.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=_Parser)

    def action(name: str, what: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=what, description=what, parents=[after], allow_abbrev=False)

    action("list", text("usage.company.list"))
    for name, what in (("add", text("usage.company.add")), ("edit", text("usage.company.edit"))):
        one = action(name, what)
        one.add_argument("name", metavar="NAME")
        one.add_argument("--scac", action="append", metavar="CODE", default=None, help=text("usage.company.several"))
        one.add_argument("--cbsa", action="append", metavar="CODE", default=None, help=text("usage.company.several"))
        one.add_argument("--address", default=None, help=text("usage.company.address"))
        one.add_argument("--company-key", metavar="KEY", default=None)
        one.add_argument("--phone", default=None, help=text("usage.company.phone"))
        one.add_argument("--ca", metavar="FILE", default=None, help=text("usage.company.ca"))
        one.add_argument("--way", choices=("socket", "http"), default=None, help=text("usage.company.way"))
        one.add_argument("--proxy", metavar="ADDRESS", default=None, help=text("usage.company.proxy"))
        one.add_argument("--key-stdin", action="store_true", help=text("usage.company.key"))
        if name == "edit":
            one.add_argument("--rename", metavar="NAME", default=None)
    test = action("test", text("usage.company.test"))
    test.add_argument("name", metavar="NAME")
    test.add_argument("--key-stdin", action="store_true", help=text("usage.key_run"))
    action("remove", text("usage.company.remove")).add_argument("name", metavar="NAME")
