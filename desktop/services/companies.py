"""Carriers and their connections. A company with a loopback address is a practice company for ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from desktop.errors import DesktopError, UsageError
from desktop.security.secret import Secret
from desktop.security.vault import Vault
from desktop.services.changes import Changes
from desktop.services.views import CompanyRow, LinkStatus, Subject
from desktop.store import Store
from desktop.store.company import CompanyFields
from desktop.store.records import Company

HOST = "borderconnect.com"
SOCKET = "socket"
WAYS = (SOCKET, "http")
NO_PROXY = "none"
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_CODE_LETTERS = 4  # of a SCAC, and of a CBSA carrier code
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")

Test = Callable[[Company, Secret | None], Awaitable[LinkStatus]]
Restart = Callable[[str], Awaitable[None]]


class Companies:
    """The companies of a data folder."""

    def __init__(
        self, store: Store, vault: Callable[[], Awaitable[Vault]], changes: Changes, test: Test, restart: Restart
    ) -> None:
        self._store = store
        self._vault = vault
        self._changes = changes
        self._test = test
        self._restart = restart

    async def all(self) -> list[CompanyRow]:
        """Return the companies; whether a key is kept is asked of the keystore, which may take a moment."""
        return [await self._row(company) for company in await self._store.companies.all()]

    async def names(self) -> list[CompanyRow]:
        """Return the companies at once, without asking the keystore; `has_key` is not known and False."""
        return [company_row(company, has_key=False) for company in await self._store.companies.all()]

    async def _row(self, company: Company) -> CompanyRow:
        return company_row(company, has_key=await self.has_key(company.id))

    async def has_key(self, company_id: str) -> bool:
        """Tell whether a key is at hand: kept, or given for this run."""
        try:
            return await (await self._vault()).key(company_id) is not None
        except DesktopError:
            return False  # the keystore is missing or locked: the key has to be asked for

    async def add(
        self,
        *,
        name: str,
        scacs: Iterable[str],
        carrier_codes: Iterable[str],
        address: str,
        company_key: str = "",
        ca_file: str = "",
        phone: str = "",
        way: str = SOCKET,
        proxy: str = "",
        key: str | None,
    ) -> CompanyRow:
        """Add a company and keep its key.

        Raises:
            UsageError: the address, the proxy or a code is not one.
            DesktopError: the name is taken, the data are of the other kind, or the key was not kept (the company
                is there all the same then).
        """
        fields = _fields(name, scacs, carrier_codes, address, company_key, ca_file, phone, way, proxy)
        added = await self._store.companies.add(fields, is_practice=is_practice_address(fields.address))
        await self._keep(added.id, key)
        return await self._row(added)

    async def edit(
        self, company_id: str, *, version: int | None = None, key: str | None = None, **changes: object
    ) -> CompanyRow:
        """Change a company; what is not named stays, without a key the kept one stays.

        Raises:
            UsageError: the address, the proxy or a code is not one, or would turn a practice company into a real one.
            Conflict: it was changed since `version`.
        """
        current = await self._store.companies.by_id(company_id)
        wanted = {
            "name": current.name,
            "scacs": current.scacs,
            "carrier_codes": current.carrier_codes,
            "address": current.address,
            "company_key": current.company_key,
            "ca_file": current.ca_file,
            "phone": current.phone,
            "way": current.way,
            "proxy": current.proxy,
            **{name: value for name, value in changes.items() if value is not None},
        }
        fields = _fields(**wanted)  # type: ignore[arg-type]  # names and types are those of the row
        if is_practice_address(fields.address) != current.is_practice:
            raise UsageError("carrier.other_kind")
        edited = await self._store.companies.edit(company_id, fields, version=version or current.version)
        await self._keep(company_id, key)
        return await self._row(edited)

    async def remove(self, company_id: str) -> None:
        """Take a company and its key out; its trips and messages stay."""
        await self._store.companies.remove(company_id)
        await self._changed(company_id)
        await (await self._vault()).forget(company_id)

    async def test(self, company_id: str, key: str | None = None) -> LinkStatus:
        """Connect once, store whatever comes, and return what the gateway answered."""
        return await self._test(await self._store.companies.by_id(company_id), Secret(key) if key else None)

    async def give_key(self, company_id: str, key: str) -> None:
        """Use a key until the program ends, without storing it."""
        await (await self._vault()).keep_for_session(company_id, Secret(key))
        await self._changed(company_id)

    async def key_changed(self, company_id: str) -> None:
        """Somebody else put a key into the keystore: read it again."""
        await self._changed(company_id)

    async def _keep(self, company_id: str, key: str | None) -> None:
        """Keep the key where there is one, and only then connect: an old key never goes to a new address."""
        try:
            if key:
                await (await self._vault()).keep(company_id, Secret(key))
        finally:
            await self._changed(company_id)

    async def _changed(self, company_id: str) -> None:
        await self._restart(company_id)
        self._changes.announce(Subject.COMPANY, [company_id])


def company_row(company: Company, *, has_key: bool) -> CompanyRow:
    """Return the row of a company."""
    return CompanyRow(
        id=company.id,
        version=company.version,
        name=company.name,
        scacs=tuple(company.scacs),
        carrier_codes=tuple(company.carrier_codes),
        address=company.address,
        company_key=company.company_key,
        ca_file=company.ca_file,
        is_practice=company.is_practice,
        has_key=has_key,
        phone=company.phone,
        way=company.way,
        proxy=company.proxy,
    )


def is_practice_address(address: str) -> bool:
    """Tell whether an address leads to the practice service: plain ws:// to this computer."""
    return address.lower().startswith("ws://")


def full_address(typed: str) -> str:
    """Return the address meant: the suffix alone means BorderConnect's own host (protocol 1).

    Raises:
        UsageError: not an address, or plain ws:// to another computer (reliability 6.5).
    """
    address = typed.strip()
    if not address:
        return ""
    if "://" not in address:
        if not set(address) <= _ALPHABET:
            raise UsageError("carrier.suffix", address=address)
        return f"wss://{HOST}/api/sockets/{address}"
    if not address.isprintable() or " " in address or "\\" in address:
        raise UsageError("carrier.address", address=ascii(address)[1:-1])
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("carrier.address", address=address) from error
    if parts.scheme.lower() not in {"ws", "wss"} or not host or "@" in parts.netloc:
        raise UsageError("carrier.address", address=address)
    if parts.query or parts.fragment:
        raise UsageError("carrier.address", address=address)
    if parts.scheme.lower() == "ws" and host not in _LOOPBACK:
        raise UsageError("carrier.plain", address=address)
    return address


def full_proxy(typed: str) -> str:
    """Return the proxy meant: empty is the system's, `none` goes straight, else `http://host:port`.

    Raises:
        UsageError: no address of an HTTP proxy, or one with a name and a password: those would be kept in the clear.
    """
    proxy = typed.strip()
    if proxy.lower() in {"", "system"}:
        return ""
    if proxy.lower() == NO_PROXY:
        return NO_PROXY
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if "@" in proxy:
        raise UsageError("carrier.proxy_secret")
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("carrier.proxy", proxy=ascii(proxy)[1:-1]) from error
    is_plain = proxy.isascii() and proxy.isprintable() and " " not in proxy and "\\" not in proxy
    if not is_plain or parts.scheme.lower() != "http" or not host or not port or parts.path not in {"", "/"}:
        raise UsageError("carrier.proxy", proxy=ascii(proxy)[1:-1])
    if parts.query or parts.fragment:
        raise UsageError("carrier.proxy", proxy=ascii(proxy)[1:-1])
    return f"http://{parts.netloc}"


def _fields(
    name: str,
    scacs: Iterable[str],
    carrier_codes: Iterable[str],
    address: str,
    company_key: str,
    ca_file: str,
    phone: str,
    way: str,
    proxy: str,
) -> CompanyFields:
    if not name.strip():
        raise UsageError("carrier.no_name")
    if not name.isprintable():
        raise UsageError("carrier.unprintable_name", name=name)
    ours = tuple(code.strip().upper() for code in scacs if code.strip())
    for code in ours:
        if not (len(code) == _CODE_LETTERS and code.isascii() and code.isalpha()):
            raise UsageError("carrier.scac", code=code)
    theirs = tuple(code.strip().upper() for code in carrier_codes if code.strip())
    for code in theirs:
        if not (len(code) == _CODE_LETTERS and code.isascii() and code.replace("-", "A").isalnum()):
            raise UsageError("carrier.carrier_code", code=code)
    if way not in WAYS:
        raise UsageError("carrier.way", way=way)
    if ca_file and not Path(ca_file).is_file():
        raise UsageError("carrier.ca_file", file=ca_file)
    return CompanyFields(
        name=name.strip(),
        scacs=ours,
        carrier_codes=theirs,
        address=full_address(address),
        company_key=company_key.strip(),
        ca_file=ca_file,
        phone=phone.strip(),
        way=way,
        proxy=full_proxy(proxy),
    )
