"""The network this computer is in, read without asking anybody."""

from desktop.connection import network

TABLE = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000080\t0\t0\t0
broken
"""


def test_only_default_routes_count():
    assert network.default_routes(TABLE) == "eth0/0100000A wlan0/0101A8C0"
    assert network.default_routes("") == ""


def test_it_is_steady_and_never_fails(monkeypatch, tmp_path):
    assert network.mark() == network.mark()
    monkeypatch.setattr(network, "_ROUTES", tmp_path / "none")
    assert network.mark() == ""
