"""An office proxy: the system's, none, or one of the user's own, for both ways; never for this computer."""

import asyncio
import contextlib
import ssl

import pytest
import trustme
from fakes.toy_gateway import ToyGateway
from fakes.toy_twin import KEY, ToyTwin

from desktop.clock import SystemClock
from desktop.connection.http import HttpLink
from desktop.connection.proxy import for_http, for_socket
from desktop.connection.websocket import WebSocketLink
from desktop.domain.lifecycle import LinkState

ADDRESS = "wss://gateway.example/api/sockets/toy"


class Key:
    def reveal(self):
        return KEY


class Proxy:
    """Opens the way with CONNECT, to one port of this computer whatever was asked for.

    Attributes:
        said: what to answer instead of opening the way.
        asked: the first lines that came.
        heads: everything that came before the way was open.
    """

    def __init__(self):
        self.port, self.to, self.said, self.asked, self.heads = 0, 0, b"", [], b""
        self._tasks, self._writers = set(), set()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        self._writers.add(writer)
        far = None
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads += head
            self.asked.append(head.partition(b" HTTP")[0].decode())
            if self.said:
                writer.write(self.said)
                return
            near, far = await asyncio.open_connection("127.0.0.1", self.to)
            self._writers.add(far)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(self._pass(reader, far), self._pass(near, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for one in (writer, far):
                if one is not None:
                    one.close()
            self._tasks.discard(asyncio.current_task())

    async def _pass(self, source, target):
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                target.write(data)
        target.close()


@contextlib.asynccontextmanager
async def desk(way, **options):
    heard = []

    async def key():
        return Key()

    async def on_frames(_):
        pass

    common = {
        "address": ADDRESS,
        "key_source": key,
        "on_frames": on_frames,
        "on_state": lambda state, detail, _at: heard.append((state, detail)),
        "clock": SystemClock(),
        **options,
    }
    link = WebSocketLink(**common) if way == "socket" else HttpLink(**common)
    task = asyncio.get_running_loop().create_task(link.run(), name="link")
    try:
        yield link, heard
    finally:
        await link.stop()
        await task


def certified(tmp_path):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("gateway.example").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return context, str(tmp_path / "ca.pem")


@pytest.mark.parametrize("way", ["socket", "http"])
def test_the_way_leads_through_the_proxy_and_tls_to_the_gateway_itself(run, until, tmp_path, way):
    async def main():
        context, ca_file = certified(tmp_path)
        async with (
            ToyGateway(context=context) if way == "socket" else ToyTwin(context=context) as far,
            Proxy() as proxy,
        ):
            proxy.to = far.port
            async with desk(way, ca_file=ca_file, proxy=proxy.address) as (link, _):
                await until(lambda: link.state is LinkState.CONNECTED)
            assert set(proxy.asked) == {"CONNECT gateway.example:443"}
            assert KEY.encode() not in proxy.heads

    run(main())


@pytest.mark.parametrize("way", ["socket", "http"])
@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "proxy_sign_in"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "proxy"),
    ],
)
def test_a_proxy_that_lets_nobody_through_is_named(run, until, way, said, detail):
    async def main():
        async with Proxy() as proxy:
            proxy.said = said
            async with desk(way, proxy=proxy.address) as (_, heard):
                await until(lambda: (LinkState.RECONNECTING, detail) in heard)
            assert KEY.encode() not in proxy.heads

    run(main())


@pytest.mark.parametrize("way", ["socket", "http"])
def test_a_proxy_that_is_not_there_is_a_network_fault(run, until, way):
    async def main():
        async with desk(way, proxy="http://127.0.0.1:9") as (link, heard):
            await until(lambda: link.state is LinkState.RECONNECTING)
            assert heard[-1][1] in {"proxy", "network"}

    run(main())


def test_whose_proxy_it_is(monkeypatch):
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://system.example:3128")
    assert for_socket(ADDRESS, "") is True
    assert for_http(ADDRESS, "") == "http://system.example:3128"
    assert for_socket(ADDRESS, "none") is for_http(ADDRESS, "none") is None
    assert for_socket(ADDRESS, "http://own:1") == for_http(ADDRESS, "http://own:1") == "http://own:1"
    for here in ("ws://127.0.0.1:1/api/sockets/x", "wss://[::1]/api/sockets/x"):
        assert for_socket(here, "http://own:1") is for_http(here, "") is None
    monkeypatch.setenv("https_proxy", "socks5://system.example:1080")
    assert for_http(ADDRESS, "") is None
    monkeypatch.setenv("https_proxy", "http://system.example:3128")
    monkeypatch.setenv("no_proxy", "gateway.example")
    assert for_http(ADDRESS, "") is None
