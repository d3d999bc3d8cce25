"""Carriers: addresses that may be used, kinds that never mix, keys in their place."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import LinkState
from desktop.errors import DesktopError, EnvironmentFailure, UsageError
from desktop.security.redaction import Redactor
from desktop.security.secret import Secret
from desktop.services import keys
from desktop.services.companies import Companies, full_address, is_practice_address
from desktop.services.views import LinkStatus, Subject
from desktop.services.words import error_words

REAL = "wss://borderconnect.com/api/sockets/sample"
PRACTICE = "ws://127.0.0.1:9/api/sockets/practice"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sample", REAL),
        ("  Sample-1_x.~  ", "wss://borderconnect.com/api/sockets/Sample-1_x.~"),
        ("wss://gateway.example:8443/api", "wss://gateway.example:8443/api"),
        ("WSS://gateway.example/api", "WSS://gateway.example/api"),
        ("ws://127.0.0.1:8000/x", "ws://127.0.0.1:8000/x"),
        ("ws://[::1]:8000/x", "ws://[::1]:8000/x"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_addresses_that_are_taken(typed, meant) -> None:
    assert full_address(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("my suffix", "carrier.suffix"),
        ("../other", "carrier.suffix"),
        ("a/b", "carrier.suffix"),
        ("sample?x=1", "carrier.suffix"),
        ("@evil.example", "carrier.suffix"),
        ("https://borderconnect.com/x", "carrier.address"),
        ("file:///etc/passwd", "carrier.address"),
        ("wss://", "carrier.address"),
        ("wss:///path", "carrier.address"),
        ("wss://host:99999/", "carrier.address"),
        ("wss://host:port/", "carrier.address"),
        ("wss://[::1/", "carrier.address"),
        ("wss://key@host/", "carrier.address"),
        ("wss://@host/", "carrier.address"),
        ("wss://host/?key=1", "carrier.address"),
        ("wss://host/#x", "carrier.address"),
        ("wss://host/a b", "carrier.address"),
        ("wss://ho\nst/", "carrier.address"),
        ("wss://host\\@other/", "carrier.address"),
        ("ws://127.0.0.1@evil.example/", "carrier.address"),
        ("ws://127.0.0.1:80@evil.example/", "carrier.address"),
        ("ws://127.0.0.1\\.evil.example/", "carrier.address"),
        ("ws://127.0.0.1.evil.example/", "carrier.plain"),
        ("ws://localhost/", "carrier.plain"),
        ("ws://127.0.0.2/", "carrier.plain"),
        ("ws://2130706433/", "carrier.plain"),
        ("ws://0x7f.1/", "carrier.plain"),
        ("ws://[::ffff:127.0.0.1]/", "carrier.plain"),
        ("ws://borderconnect.com/api", "carrier.plain"),
        ("ws://", "carrier.address"),
    ],
)
def test_addresses_that_are_refused(typed, code) -> None:
    with pytest.raises(UsageError) as refused:
        full_address(typed)
    assert refused.value.code == code
    words = error_words(refused.value)
    assert words.text
    assert words.remedy


@pytest.mark.parametrize(
    ("address", "is_practice"), [(PRACTICE, True), ("WS://127.0.0.1/", True), (REAL, False), ("", False)]
)
def test_only_plain_loopback_is_practice(address, is_practice) -> None:
    assert is_practice_address(address) is is_practice


class FakeVault:
    """Keys in memory, or none where the keystore is missing."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_missing = False

    async def key(self, company):
        if self.is_missing:
            raise EnvironmentFailure("security.no_keystore")
        return Secret(self.kept[company]) if company in self.kept else None

    async def keep(self, company, key) -> None:
        if self.is_missing:
            raise EnvironmentFailure("security.no_keystore")
        self.kept[company] = key.reveal()

    async def keep_for_session(self, company, key) -> None:
        self.kept[company] = "session " + key.reveal()

    async def forget(self, company) -> None:
        self.kept.pop(company, None)


class Carriers:
    """Companies with everything they talk to."""

    def __init__(self, world) -> None:
        self.vault, self.restarted, self.tested, self.announced = FakeVault(), [], [], []
        self.world = world
        world.changes.subscribe(self.announced.append)

        async def vault():
            return self.vault

        async def test(company, key):
            self.tested.append((company.id, None if key is None else key.reveal()))
            return LinkStatus(LinkState.CONNECTED, world.clock.now(), company.name, "", False, None, None, 0)

        async def restart(company_id) -> None:
            self.restarted.append(company_id)

        self.service = Companies(world.store, vault, world.changes, test, restart)

    async def add(self, name="Sample Carrier", address="sample", key="k-1", **more):
        wanted = {"scacs": ["smpl"], "carrier_codes": ["9smp"], **more}
        return await self.service.add(name=name, address=address, key=key, **wanted)


@pytest.fixture
def carriers(bare) -> Carriers:
    return Carriers(bare)


def test_a_company_is_added_with_its_key(carriers, run) -> None:
    row = run(carriers.add())
    assert (row.address, row.scacs, row.carrier_codes, row.is_practice, row.has_key) == (
        REAL,
        ("SMPL",),
        ("9SMP",),
        False,
        True,
    )
    assert carriers.vault.kept == {row.id: "k-1"}
    assert carriers.restarted
    assert [one.subject for one in carriers.announced] == [Subject.COMPANY]
    assert "k-1" not in repr(row)
    assert run(carriers.service.all()) == [row]
    (name,) = run(carriers.service.names())
    assert name.has_key is False, "not asked"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "  "}, "carrier.no_name"),
        ({"scacs": ["SMP1"]}, "carrier.scac"),
        ({"scacs": ["SMPLE"]}, "carrier.scac"),
        ({"carrier_codes": ["12"]}, "carrier.carrier_code"),
        ({"ca_file": "/nonexistent/office.pem"}, "carrier.ca_file"),
        ({"address": "ws://evil.example"}, "carrier.plain"),
        ({"way": "pigeon"}, "carrier.way"),
        ({"proxy": "http://name:word@proxy.example:3128"}, "carrier.proxy_secret"),
        ({"proxy": "name@proxy.example:3128"}, "carrier.proxy_secret"),
        ({"proxy": "socks5://proxy.example:1080"}, "carrier.proxy"),
        ({"proxy": "https://proxy.example:3128"}, "carrier.proxy"),
        ({"proxy": "proxy.example"}, "carrier.proxy"),
        ({"proxy": "http://proxy.example:3128/path"}, "carrier.proxy"),
        ({"proxy": "http://proxy.example:3128?x"}, "carrier.proxy"),
        ({"proxy": "http://proxy .example:3128"}, "carrier.proxy"),
        ({"proxy": "http://proxy.example:99999"}, "carrier.proxy"),
    ],
)
def test_what_is_no_company_is_refused_and_nothing_is_kept(carriers, run, more, code) -> None:
    with pytest.raises(UsageError) as refused:
        run(carriers.add(**more))
    assert refused.value.code == code
    assert run(carriers.service.all()) == []
    assert carriers.vault.kept == {}


def test_practice_and_real_never_mix(carriers, run) -> None:
    row = run(carriers.add(address=PRACTICE))
    assert row.is_practice
    with pytest.raises(DesktopError) as refused:
        run(carriers.add("Second Sample", "sample"))
    assert error_words(refused.value).remedy
    for address in (REAL, "sample"):
        with pytest.raises(UsageError) as refused:
            run(carriers.service.edit(row.id, address=address))
        assert refused.value.code == "carrier.other_kind"
    assert run(carriers.service.edit(row.id, address="ws://[::1]:7/x")).address == "ws://[::1]:7/x"


def test_a_real_one_never_becomes_practice(carriers, run) -> None:
    row = run(carriers.add())
    with pytest.raises(UsageError):
        run(carriers.service.edit(row.id, address=PRACTICE))
    with pytest.raises(DesktopError):
        run(carriers.add("Second Sample", PRACTICE))


def test_without_a_keystore_the_company_is_there_all_the_same(carriers, run) -> None:
    carriers.vault.is_missing = True
    with pytest.raises(EnvironmentFailure):
        run(carriers.add())
    (row,) = run(carriers.service.all())
    assert row.has_key is False
    carriers.restarted.clear()
    with pytest.raises(EnvironmentFailure):
        run(carriers.service.edit(row.id, name="New Sample", key="k-2"))
    assert run(carriers.service.all())[0].name == "New Sample"
    assert carriers.restarted == [row.id], "the connection follows the change though the key was not kept"


def test_an_edit_keeps_what_it_does_not_name(carriers, run) -> None:
    row = run(carriers.add(phone="519-555-0100", company_key="c-1"))
    edited = run(carriers.service.edit(row.id, version=row.version, name="New Sample", phone=""))
    assert (edited.name, edited.phone, edited.company_key, edited.scacs, edited.address) == (
        "New Sample",
        "",
        "c-1",
        row.scacs,
        row.address,
    )
    assert carriers.vault.kept == {row.id: "k-1"}
    with pytest.raises(DesktopError):
        run(carriers.service.edit(row.id, version=row.version, name="Stale Sample"))
    assert run(carriers.service.edit(row.id, key="k-2")).has_key
    assert carriers.vault.kept == {row.id: "k-2"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        (" System ", ""),
        ("NONE", "none"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        ("http://[::1]:3128", "http://[::1]:3128"),
    ],
)
def test_way_and_proxy_are_kept_and_stay(carriers, run, typed, meant) -> None:
    row = run(carriers.add(way="http", proxy=typed))
    assert (row.way, row.proxy) == ("http", meant)
    edited = run(carriers.service.edit(row.id, name="New Sample"))
    assert (edited.way, edited.proxy) == ("http", meant)
    back = run(carriers.service.edit(row.id, way="socket", proxy="system"))
    assert (back.way, back.proxy) == ("socket", "")
    assert carriers.restarted == [row.id] * 3


def test_a_refused_proxy_repeats_no_password(carriers, run) -> None:
    with pytest.raises(UsageError) as refused:
        run(carriers.add(proxy="http://name:canary-word@proxy.example:3128"))
    assert "canary-word" not in repr(refused.value) + str(refused.value.values)


def test_a_removed_company_leaves_no_key(carriers, run) -> None:
    row = run(carriers.add())
    run(carriers.service.remove(row.id))
    assert run(carriers.service.all()) == []
    assert carriers.vault.kept == {}


def test_a_key_for_this_run(carriers, run) -> None:
    row = run(carriers.add(key=None))
    carriers.restarted.clear()
    run(carriers.service.give_key(row.id, "k-9"))
    run(carriers.service.key_changed(row.id))
    assert carriers.vault.kept == {row.id: "session k-9"}
    assert carriers.restarted == [row.id, row.id]


def test_a_test_uses_the_key_given(carriers, run) -> None:
    row = run(carriers.add())
    assert run(carriers.service.test(row.id)).state is LinkState.CONNECTED
    run(carriers.service.test(row.id, "k-5"))
    assert carriers.tested == [(row.id, None), (row.id, "k-5")]


def test_practice_keys_are_kept_in_the_folder_and_real_ones_never(tmp_path, run) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    kept = run(keys.keep_key(folder, "01ID", "practice-sample", is_practice=True))
    assert kept == {"is_kept": True, "text": ""}
    vault = keys.vault_of(folder, Redactor(), is_practice=True)
    assert run(vault.key("01ID")).reveal() == "practice-sample"
    refused = run(keys.keep_key(folder, "02ID", "canary-real-key", is_practice=False))
    assert refused["is_kept"] is False
    assert refused["text"]
    written = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(b"canary-real-key" in data for data in written)
