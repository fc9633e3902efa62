"""The bytes of a wrap, frozen for each holder: computed once from the formats alone."""

import base64
from pathlib import Path

import pytest

from casework.keys.kek.file import FileKek
from casework.keys.kek.pkcs11 import TokenKek
from casework.keys.kek.token_session import session_with
from casework.keys.kek.token_uri import token_place
from casework.keys.kek.transit import TransitKek
from casework.keys.kek.vault import Answer, Json, Vault
from tests.fakes import CountingEntropy
from tests.softhsm import import_key
from tests.unit.crypto.frozen import Vector, vectors
from tests.unit.keys.kek.conftest import Holder

FROZEN = {str(case["holder"]): case for case in vectors("kek_wrap")}


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Vector:
    return FROZEN[request.param]


@pytest.mark.parametrize("case", ["file"], indirect=True)
def test_a_wrap_of_a_key_file_keeps_its_bytes(case: Vector, tmp_path: Path) -> None:
    key = base64.b64encode(case.raw("key")).decode()
    path = tmp_path / "kek"
    path.write_text(f"casework-kek/v1\n{case['version']} {key}\n")
    path.chmod(0o600)
    kek = FileKek(path, CountingEntropy())
    assert kek.unwrap(case.raw("wrapped"), case.raw("context")) == case.raw("secret")


@pytest.mark.parametrize("case", ["pkcs11"], indirect=True)
def test_a_token_with_the_same_key_makes_the_same_box(case: Vector, pkcs11_holder: Holder) -> None:
    place = token_place(pkcs11_holder.settings.kek)
    with session_with(place, writing=True) as session:
        import_key(session, place.label, case["version"], case.raw("key"))
    kek = TokenKek(place, CountingEntropy())
    assert kek.unwrap(case.raw("wrapped"), case.raw("context")) == case.raw("secret")


class AnsweringVault(Vault):
    """A vault whose every answer is the same, and which remembers what it was asked."""

    def __init__(self, data: Json) -> None:
        self.data, self.asked = data, dict[str, str]()

    def ask(self, method: str, path: str, question: Json | None = None) -> Answer:
        del method, path
        self.asked.update(question or {})
        facts = {"derived": True, "exportable": False, "type": "aes256-gcm96"}
        return Answer({**facts, **self.data})


@pytest.mark.parametrize("case", ["transit"], indirect=True)
def test_what_a_vault_sealed_keeps_its_bytes(case: Vector) -> None:
    plain = base64.b64encode(b"secret").decode()
    vault = AnsweringVault({"ciphertext": case["ciphertext"], "plaintext": plain})
    kek = TransitKek(vault, "transit", "casework")
    assert kek.wrap(b"secret", b"purpose") == case.raw("wrapped")
    assert kek.unwrap(case.raw("wrapped"), b"purpose") == b"secret"
    assert vault.asked["ciphertext"] == case["ciphertext"]
    assert vault.asked["context"] == base64.b64encode(b"purpose").decode()
