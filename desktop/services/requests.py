"""What the owner of a data folder does for commands: one service each, with plain values in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.clock import to_text
from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import LinkState, Regime
from desktop.errors import Bug, DesktopError, UsageError
from desktop.security.redaction import Redactor
from desktop.services.choice import company_called, company_or_only
from desktop.services.companies import Companies, company_row
from desktop.services.files import read_messages
from desktop.services.importing import Importing
from desktop.services.keys import vault_of
from desktop.services.listings import result_value
from desktop.services.lookups import Lookups
from desktop.services.one_sender import KEY_IN_USE
from desktop.services.submit import Submit, send_errors_to_exit
from desktop.services.table_files import Wanted, is_table, table_in
from desktop.services.tables.service import Tables
from desktop.services.views import CompanyRow
from desktop.services.words import error_words
from desktop.store import Store
from desktop.store.records import Company
from desktop.texts import has, text

if TYPE_CHECKING:
    from desktop.services.backups import Backups

Args = dict[str, Any]
Reply = dict[str, Any]

_EXIT_ORDER = (3, 1, 4)


class Requests:
    """The closed list of writing commands."""

    def __init__(
        self,
        store: Store,
        companies: Companies,
        importing: Importing,
        submit: Submit,
        lookups: Lookups,
        tables: Callable[[], Tables] | None = None,
        backups: Callable[[], Backups] | None = None,
    ) -> None:
        self._store = store
        self._companies = companies
        self._importing = importing
        self._submit = submit
        self._lookups = lookups
        self._tables = tables
        self._backups = backups
        self._services: dict[str, Callable[[Args], Awaitable[Reply]]] = {
            "import": self._import,
            "send": self._send,
            "cancel": self._cancel,
            "company.add": self._company_add,
            "company.edit": self._company_edit,
            "company.remove": self._company_remove,
            "company.test": self._company_test,
            "backup": self._backup,
            "restore.confirm": self._confirm,
        }

    async def run(self, command: str, args: Args) -> Reply:
        """Run a command and return `exit`, `value` and `notes`.

        Raises:
            DesktopError: what prevented it from trying.
        """
        service = self._services.get(command)
        if service is None:
            raise UsageError("cli.usage", message=command, usage=", ".join(sorted(self._services)))
        return await service(args)

    async def _company(self, name: str | None, *, is_needed: bool) -> Company | None:
        found = await self._store.companies.all()
        if name is None and not is_needed and len(found) != 1:
            return None
        return company_or_only(found, name)

    async def _called(self, name: str) -> Company:
        return company_called(await self._store.companies.all(), name)

    async def _import(self, args: Args) -> Reply:
        company = await self._company(args.get("company"), is_needed=False)
        dry_run, kind = bool(args.get("dry_run")), str(args.get("kind") or "")
        tables = [name for name in args["files"] if self._tables is not None and (kind or is_table(name))]
        files = [name for name in args["files"] if name not in tables]
        done = await self._importing.files(files, company, dry_run=dry_run)
        worst = 2 if done.is_unreadable else int(bool(done.problems))
        warnings: list[dict[str, Any]] = []
        if tables and self._tables is not None:
            trip = args.get("trip")
            company_id = "" if company is None else company.id
            trip_id = None if trip is None else await self._lookups.trip_id(str(trip), company_id or None)
            wanted = Wanted(kind, Regime(str(args.get("regime") or Regime.ACE)), company_id, trip_id, dry_run)
            for name in tables:
                reply = await table_in(self._tables(), name, wanted)
                done.items += reply.items
                done.problems += reply.problems
                warnings += reply.warnings
                worst = max(worst, reply.exit)
        value = {"items": done.items, "problems": done.problems, "warnings": warnings, "dry_run": dry_run}
        return {"exit": worst, "value": value, "notes": []}

    async def _send(self, args: Args) -> Reply:
        hold, wait_s = bool(args.get("hold")), args.get("wait")
        if args.get("file") is None:
            company = await self._company(args.get("company"), is_needed=False)
            trip = await self._lookups.trip_id(args["trip"], None if company is None else company.id)
            result = await self._submit.send(
                trip,
                hold=hold,
                wait_s=wait_s,
                trip_reason=str(args.get("trip_reason") or ""),
                shipment_reason=str(args.get("shipment_reason") or ""),
            )
            return {"exit": send_errors_to_exit(result.outcome), "value": result_value(result), "notes": []}
        owner = await self._company(args.get("company"), is_needed=True)
        assert owner is not None  # noqa: S101 - is_needed
        messages = read_messages(args["file"])
        if not messages:
            raise UsageError("send.empty_file", file=args["file"])
        results = [await self._submit.send_message(message, owner, hold=hold, wait_s=wait_s) for message in messages]
        exits = {send_errors_to_exit(result.outcome) for result in results}
        values = [result_value(result) for result in results]
        return {
            "exit": next((code for code in _EXIT_ORDER if code in exits), 0),
            "value": values[0] if len(values) == 1 else {"items": values},
            "notes": [],
        }

    async def _cancel(self, args: Args) -> Reply:
        company = await self._company(args.get("company"), is_needed=False)
        trip = await self._lookups.trip_id(args["trip"], None if company is None else company.id)
        result = await self._submit.send(trip, intent=Intent.CANCEL, wait_s=args.get("wait"))
        return {"exit": send_errors_to_exit(result.outcome), "value": result_value(result), "notes": []}

    async def _backup(self, args: Args) -> Reply:
        made = await self._snapshots.make(Path(args["file"]))
        value = {
            "file": str(made.path),
            "made_at": to_text(made.made_at),
            "kind": made.kind,
            "trips": made.trips,
            "messages": made.messages,
            "bytes": made.size,
        }
        return {"exit": 0, "value": value, "notes": []}

    async def _confirm(self, args: Args) -> Reply:
        del args
        was_held = await self._snapshots.held() is not None
        await self._snapshots.release()
        return {"exit": 0, "value": {"was_held": was_held}, "notes": []}

    @property
    def _snapshots(self) -> Backups:
        if self._backups is None:
            raise Bug("there are no backups here")
        return self._backups()

    async def _company_add(self, args: Args) -> Reply:
        row = await self._companies.add(
            name=args["name"],
            scacs=args.get("scacs") or (),
            carrier_codes=args.get("carrier_codes") or (),
            address=args.get("address") or "",
            company_key=args.get("company_key") or "",
            ca_file=args.get("ca_file") or "",
            phone=args.get("phone") or "",
            way=args.get("way") or "socket",
            proxy=args.get("proxy") or "",
            key=None,
        )
        return _saved(row)

    async def _company_edit(self, args: Args) -> Reply:
        current = await self._called(args["name"])
        changes = {
            "name": args.get("rename"),
            **{
                name: args.get(name)
                for name in ("scacs", "carrier_codes", "address", "company_key", "phone", "ca_file", "way", "proxy")
            },
        }
        return _saved(await self._companies.edit(current.id, **changes))

    async def _company_remove(self, args: Args) -> Reply:
        current = await self._called(args["name"])
        notes: list[str] = []
        try:
            await self._companies.remove(current.id)
        except DesktopError as error:
            words = error_words(error)  # the company is gone; its key may still be kept
            notes = [f"{words.text}\n{words.remedy}"]
        return {"exit": 0, "value": {"id": current.id, "name": current.name}, "notes": notes}

    async def _company_test(self, args: Args) -> Reply:
        current = await self._called(args["name"])
        status = await self._companies.test(current.id)
        if status.detail == KEY_IN_USE:
            words, remedy = text("sender.test"), text("sender.test.remedy")
        elif status.state in {LinkState.REFUSED, LinkState.RECONNECTING} and has(f"link.error.{status.detail}.text"):
            words, remedy = text(f"link.error.{status.detail}.text"), text(f"link.error.{status.detail}.remedy")
        else:
            words, remedy = text(f"carrier.test.{status.state}"), text(f"carrier.test.{status.state}.remedy")
        value = {"name": current.name, "state": status.state.value, "text": words, "remedy": remedy}
        return {"exit": 0 if status.state is LinkState.CONNECTED else 4, "value": value, "notes": []}


def _saved(row: CompanyRow) -> Reply:
    return {"exit": 0, "value": company_value(row), "notes": []}


def company_value(row: CompanyRow) -> dict[str, Any]:
    """Return a company as commands print it; never its key."""
    return {
        "id": row.id,
        "name": row.name,
        "scacs": list(row.scacs),
        "carrier_codes": list(row.carrier_codes),
        "address": row.address,
        "company_key": row.company_key,
        "way": row.way,
        "proxy": row.proxy,
        "phone": row.phone,
        "practice": row.is_practice,
        "has_key": row.has_key,
    }


async def company_values(store: Store) -> list[dict[str, Any]]:
    """Return the companies of a data folder as commands print them, with whether a key is at hand."""
    vault = vault_of(store.folder, Redactor(), is_practice=await store.kind() == "practice")
    values = []
    for company in await store.companies.all():
        try:
            has_key = await vault.key(company.id) is not None
        except DesktopError:
            has_key = False  # no keystore, or locked: nothing is at hand
        values.append(company_value(company_row(company, has_key=has_key)))
    return values
