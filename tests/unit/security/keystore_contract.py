"""What every keystore must do. Run as a program, it asks this of the system's own, found as the product finds it."""

from __future__ import annotations

import asyncio
import os

from desktop.security.keystore import LONGEST, Keystore
from desktop.security.secret import Secret


async def keep_the_contract(keystore: Keystore) -> None:
    """Fail where the keystore does not do what is promised."""
    assert await keystore.is_there()
    assert await keystore.key("sample-1") is None
    await keystore.keep("sample-1", Secret("a-0-0000000000000001"))
    await keystore.keep("sample-2", Secret("x" * LONGEST))
    assert await keystore.key("sample-1") == Secret("a-0-0000000000000001")
    assert await keystore.key("sample-2") == Secret("x" * LONGEST)
    await keystore.keep("sample-1", Secret("a-0-0000000000000002"))
    assert await keystore.key("sample-1") == Secret("a-0-0000000000000002")
    await keystore.forget("sample-1")
    await keystore.forget("sample-1")
    assert await keystore.key("sample-1") is None
    assert await keystore.key("sample-2") is not None
    await keystore.forget("sample-2")


if __name__ == "__main__":
    assert os.environ.get("DBUS_SESSION_BUS_ADDRESS"), "run within dbus-run-session"
    asyncio.run(keep_the_contract(Keystore()))
