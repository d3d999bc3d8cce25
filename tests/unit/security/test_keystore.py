"""The system's keystore: chosen by us alone, and never more than asked again when it fails."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import threading
import types
from pathlib import Path

import pytest
from fakes.keyring_backend import MemoryKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from desktop.security import keystore as module
from desktop.security.error import KeystoreFailed, KeystoreLocked, KeyUnusable, NoKeystore
from desktop.security.keystore import LONGEST, Keystore, find_backend
from desktop.security.secret import Secret
from desktop.texts import text
from tests.unit.security.keystore_contract import keep_the_contract

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
_REAL = """
echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$0" "$1"
"""


def in_memory() -> tuple[Keystore, MemoryKeyring]:
    backend = MemoryKeyring(limit_characters=LONGEST)
    return Keystore(lambda: backend), backend


def test_the_fake_keeps_the_contract(run) -> None:
    keystore, backend = in_memory()
    run(keep_the_contract(keystore))
    assert backend.secrets == {}


def real_keystores() -> list[str]:
    """The name of the real one, where this computer has the programs to start it with."""
    return ["secret service"] * bool(shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session"))


@pytest.mark.parametrize("name", ["none", *real_keystores()])
def test_the_system_keeps_the_contract_or_says_that_there_is_none(tmp_path, run, name) -> None:
    if name == "none":
        keystore = Keystore(lambda: find_backend("no such system"))
        assert not run(keystore.is_there())
        return
    command = ["dbus-run-session", "--", "bash", "-c", _REAL, sys.executable, str(HERE / "keystore_contract.py")]
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_each_company_has_a_name_of_its_own(run) -> None:
    keystore, backend = in_memory()
    run(keystore.keep("01A", Secret("key-one")))
    run(keystore.keep("01B", Secret("key-two")))
    assert len({service for service, _ in backend.secrets}) == 2


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "key_empty"),
        ("  ", "key_empty"),
        ("a\nb", "key_characters"),
        ("schlüssel", "key_characters"),
        ("x" * (LONGEST + 1), "key_too_long"),
    ],
)
def test_what_no_keystore_takes_never_reaches_it(run, value, code) -> None:
    keystore, backend = in_memory()
    with pytest.raises(KeyUnusable) as refused:
        run(keystore.keep("c", Secret(value)))
    assert refused.value.code == f"security.{code}"
    assert backend.secrets == {}


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (KeyringLocked("canary-secret"), KeystoreLocked),
        (InitError("Prompt dismissed"), KeystoreLocked),
        (NoKeyringError("canary-secret"), NoKeystore),
        (RuntimeError("canary-secret"), KeystoreFailed),
        (OSError("canary-secret"), KeystoreFailed),
    ],
)
def test_a_failure_is_told_by_name_and_never_repeats_what_it_was_given(run, raised, told) -> None:
    class Failing:
        def get_password(self, *_given):
            raise raised

        set_password = delete_password = get_password

    keystore = Keystore(Failing)
    for work in (keystore.key("c"), keystore.keep("c", Secret("canary-secret")), keystore.forget("c")):
        with pytest.raises(told) as refused:
            run(work)
        assert refused.value.exit_code == 4
        assert "canary" not in f"{refused.value} {refused.value.values}"
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__


def test_without_a_keystore_one_is_asked_and_nothing_is_kept_elsewhere(run, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    keystore = Keystore(lambda: None)
    with pytest.raises(NoKeystore):
        run(keystore.keep("c", Secret("some-key")))
    assert not run(keystore.is_there())
    assert list(tmp_path.iterdir()) == []


def test_a_prompt_that_stays_open_holds_up_neither_loop_nor_end(run) -> None:
    opened, close = threading.Event(), threading.Event()

    class Prompting(MemoryKeyring):
        def get_password(self, *_given):
            opened.set()
            close.wait(30)

    async def main() -> None:
        asking = asyncio.get_running_loop().create_task(Keystore(Prompting).key("c"))
        await asyncio.to_thread(opened.wait, 30)
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()
        close.set()

    run(main())


def test_an_answer_after_the_end_hurts_nobody(monkeypatch) -> None:
    opened, close, ended = threading.Event(), threading.Event(), threading.Event()

    class Prompting(MemoryKeyring):
        def get_password(self, *_given):
            opened.set()
            close.wait(30)

    monkeypatch.setattr(module.log, "info", lambda *_given: ended.set())

    async def main() -> None:
        asking = asyncio.get_running_loop().create_task(Keystore(Prompting).key("c"))
        await asyncio.to_thread(opened.wait, 30)
        asking.cancel()
        await asyncio.wait([asking])

    asyncio.run(main())
    close.set()
    assert ended.wait(30)


class TestChoice:
    @pytest.fixture
    def backends(self, monkeypatch):
        """Stand-ins for the modules of the platforms' backends."""
        modules: dict[str, object] = {}

        def load(name: str):
            if isinstance(modules.get(name), Exception):
                raise modules[name]
            return types.SimpleNamespace(**dict.fromkeys(("Keyring", "DBusKeyring", "WinVaultKeyring"), modules[name]))

        monkeypatch.setattr(module.importlib, "import_module", load)
        return modules

    def kind(self, *, viable: bool = True, error: Exception | None = None):
        class Kind:
            persist = "enterprise"

            def __init__(self) -> None:
                if error:
                    raise error
                self.set_properties_from_env()

            def set_properties_from_env(self) -> None:
                raise AssertionError("the environment has no say")

        Kind.viable = viable
        return Kind

    def test_the_first_that_works_is_taken(self, backends) -> None:
        good = self.kind()
        backends |= {
            "keyring.backends.SecretService": self.kind(viable=False),
            "keyring.backends.libsecret": self.kind(error=RuntimeError("no library")),
            "keyring.backends.kwallet": good,
        }
        assert isinstance(find_backend("linux"), good)

    def test_none_is_none(self, backends) -> None:
        backends |= dict.fromkeys(
            ("keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet"),
            ImportError("sample"),
        )
        assert find_backend("linux") is None
        assert find_backend("plan9") is None

    def test_a_key_does_not_roam_to_other_windows_computers(self, backends) -> None:
        backends["keyring.backends.Windows"] = self.kind()
        assert find_backend("win32").persist == "local machine"

    def test_neither_environment_nor_settings_choose(self, monkeypatch, tmp_path) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        monkeypatch.setenv("KEYRING_PROPERTY_KEYCHAIN", "elsewhere")
        found = find_backend()
        assert found is None or "null" not in type(found).__mro__[1].__module__

    def test_the_library_is_not_loaded_before_a_key_is_asked_for(self) -> None:
        script = "import sys; import desktop.security.vault; print('keyring' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "error",
    [
        NoKeystore(),
        KeystoreLocked(),
        KeystoreFailed("OSError"),
        *(
            KeyUnusable(f"security.key_{name}", limit=9)
            for name in ("empty", "characters", "too_long", "practice", "not_practice")
        ),
    ],
)
def test_every_refusal_has_sentences(error) -> None:
    name = error.code.removeprefix("security.")
    assert all(text(f"security.error.{name}.{part}", **error.values) for part in ("title", "text", "remedy"))
