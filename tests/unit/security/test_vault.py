"""Where keys are kept, and where never."""

from __future__ import annotations

import json
import stat

import pytest
from fakes.keyring_backend import MemoryKeyring

from desktop.security.error import KeystoreLocked, KeyUnusable, NoKeystore
from desktop.security.keystore import Keystore
from desktop.security.redaction import Redactor
from desktop.security.secret import Secret
from desktop.security.vault import MemoryKeys, PracticeKeys, Vault
from desktop.store.file import write_file

REAL = Secret("a-0-00000000deadbeef")
PRACTICE = Secret("practice-0123456789ab")


class World:
    """A vault over a keystore in memory and a folder."""

    def __init__(self, folder, *, is_practice: bool) -> None:
        self.backend = MemoryKeyring()
        self.folder = folder
        self.redactor = Redactor()
        practice = PracticeKeys(folder, write=write_file) if is_practice else None
        self.vault = Vault(Keystore(lambda: self.backend), practice, self.redactor)


@pytest.fixture
def real(tmp_path) -> World:
    return World(tmp_path, is_practice=False)


@pytest.fixture
def practice(tmp_path) -> World:
    return World(tmp_path, is_practice=True)


class TestPlaces:
    """The contract of every `KeyPlace`."""

    @pytest.fixture(params=["memory", "practice", "keystore"])
    def place(self, request, tmp_path):
        backend = MemoryKeyring()
        return {
            "memory": MemoryKeys(),
            "practice": PracticeKeys(tmp_path, write=write_file),
            "keystore": Keystore(lambda: backend),
        }[request.param]

    def test_a_key_is_kept_replaced_and_forgotten(self, place, run) -> None:
        assert run(place.key("one")) is None
        run(place.keep("one", PRACTICE))
        run(place.keep("two", PRACTICE))
        run(place.keep("one", Secret("practice-new-key")))
        assert run(place.key("one")) == Secret("practice-new-key")
        run(place.forget("one"))
        run(place.forget("one"))
        assert (run(place.key("one")), run(place.key("two"))) == (None, PRACTICE)

    def test_an_empty_key_is_refused(self, place, run) -> None:
        with pytest.raises(KeyUnusable):
            run(place.keep("one", Secret("")))


class TestPracticeKeys:
    def test_the_file_is_private(self, practice, run) -> None:
        run(practice.vault.keep("c", PRACTICE))
        [file] = practice.folder.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert practice.backend.secrets == {}

    def test_only_practice_keys_are_ever_in_it(self, tmp_path, run) -> None:
        place = PracticeKeys(tmp_path, write=write_file)
        with pytest.raises(KeyUnusable) as refused:
            run(place.keep("c", REAL))
        assert refused.value.code == "security.key_not_practice"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("said", ["", "[]", "{", '{"c": 1}', '{"c": "other"}'])
    def test_a_file_without_sense_has_no_keys(self, tmp_path, run, said) -> None:
        (tmp_path / "practice-keys.json").write_text(said)
        place = PracticeKeys(tmp_path, write=write_file)
        assert run(place.key("c")) is None
        run(place.keep("c", PRACTICE))
        assert json.loads((tmp_path / "practice-keys.json").read_text()) == {"c": PRACTICE.reveal()}


class TestVault:
    def test_a_real_key_is_in_the_keystore_alone(self, real, run) -> None:
        run(real.vault.keep("c", REAL))
        assert list(real.backend.secrets.values()) == [REAL.reveal()]
        assert list(real.folder.iterdir()) == []
        assert run(real.vault.key("c")) == REAL
        run(real.vault.forget("c"))
        assert run(real.vault.key("c")) is None

    @pytest.mark.parametrize("keeping", ["keep", "keep_for_session"])
    def test_a_practice_key_has_no_place_among_real_data(self, real, run, keeping) -> None:
        with pytest.raises(KeyUnusable) as refused:
            run(getattr(real.vault, keeping)("c", PRACTICE))
        assert refused.value.code == "security.key_practice"
        assert run(real.vault.key("c")) is None

    def test_practice_with_its_own_key_never_touches_the_keystore(self, practice, run) -> None:
        practice.backend.is_locked = True
        run(practice.vault.keep("c", PRACTICE))
        assert run(practice.vault.key("c")) == PRACTICE
        run(practice.vault.forget("c"))

    def test_another_key_of_a_practice_company_goes_to_the_keystore_never_to_the_file(self, practice, run) -> None:
        run(practice.vault.keep("c", PRACTICE))
        run(practice.vault.keep("c", REAL))
        assert run(practice.vault.key("c")) == REAL
        assert REAL.reveal() not in (practice.folder / "practice-keys.json").read_text()
        run(practice.vault.forget("c"))
        assert practice.backend.secrets == {}

    def test_a_key_for_the_session_comes_first_and_is_kept_nowhere(self, real, run) -> None:
        real.backend.is_locked = True
        run(real.vault.keep_for_session("c", REAL))
        assert run(real.vault.key("c")) == REAL
        assert list(real.folder.iterdir()) == []
        assert real.backend.secrets == {}
        real.backend.is_locked = False
        other = Secret("a-0-00000000cafecafe")
        run(real.vault.keep("c", other))
        assert run(real.vault.key("c")) == other

    def test_a_locked_or_missing_keystore_is_said_and_nothing_is_written_elsewhere(self, real, tmp_path, run) -> None:
        real.backend.is_locked = True
        for work in (real.vault.key("c"), real.vault.keep("c", REAL), real.vault.forget("c")):
            with pytest.raises(KeystoreLocked):
                run(work)
        without = Vault(Keystore(lambda: None), None, Redactor())
        with pytest.raises(NoKeystore):
            run(without.keep("c", REAL))
        assert list(tmp_path.iterdir()) == []

    def test_every_key_it_sees_is_kept_out_of_logs(self, real, run) -> None:
        secret = Secret("no-usual-shape")
        run(real.vault.keep("c", secret))
        assert secret.reveal() not in real.redactor.one_line("key no-usual-shape!")
        fresh = Vault(Keystore(lambda: real.backend), None, Redactor())
        run(fresh.key("c"))
        assert secret.reveal() not in fresh._redactor.one_line("key no-usual-shape!")
