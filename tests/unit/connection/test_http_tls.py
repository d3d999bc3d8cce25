"""The HTTP way: certificates, addresses, and the key that stays out of logs (faults 16 and 17)."""

import asyncio
import logging
import ssl

import pytest
import trustme
from fakes.http_desk import Desk
from fakes.toy_twin import KEY, ToyTwin

from desktop.connection.http_exchange import twin
from desktop.domain.lifecycle import LinkState

TRIP = b'{"data":"ACE_TRIP"}'


def tls_twin(name):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return authority, ToyTwin(context=context)


def test_a_bad_certificate_is_final_after_one_connection_and_an_added_authority_helps(run, until, tmp_path):
    async def main():
        authority, server = tls_twin("127.0.0.1")
        async with server as far:
            async with Desk(far.address) as desk:
                await until(lambda: desk.link.state is LinkState.REFUSED)
                await asyncio.sleep(0.1)
                assert (desk.link.detail, far.asked) == ("tls_unknown", [])
                assert desk.keys_asked == 1
            authority.cert_pem.write_to_path(tmp_path / "ca.pem")
            async with Desk(far.address, ca_file=str(tmp_path / "ca.pem")) as desk:
                await until(desk.is_connected)

    run(main())


def test_a_certificate_for_another_name_is_final(run, until, tmp_path):
    async def main():
        authority, server = tls_twin("portal.example")
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        async with server as far, Desk(far.address, ca_file=str(tmp_path / "ca.pem")) as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert (desk.link.detail, far.asked) == ("tls_host", [])

    run(main())


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("wss://borderconnect.com/api/sockets/abc", "https://borderconnect.com/api/send/abc"),
        ("ws://127.0.0.1:81/x/api/sockets/abc", "http://127.0.0.1:81/x/api/send/abc"),
        ("wss://h.example:8443/api/sockets/abc", "https://h.example:8443/api/send/abc"),
    ],
)
def test_the_twin_of_an_address(address, url):
    assert twin(address, "send") == url


@pytest.mark.parametrize(
    "address", ["wss://h.example/", "wss://h.example/api/sockets/", "wss://h.example/api/sockets/a/b"]
)
def test_an_address_without_a_twin_is_refused(run, until, address):
    async def main():
        async with Desk(address, proxy="none") as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert desk.link.detail == "address_http"

    run(main())


def test_the_library_never_logs_the_key(run, until, caplog):
    async def main():
        async with ToyTwin() as far, Desk(far.address) as desk:
            await until(desk.is_connected)
            await desk.link.send(TRIP)

    with caplog.at_level(logging.DEBUG):
        run(main())
    assert KEY not in caplog.text
