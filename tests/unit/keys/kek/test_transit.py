"""A vault that is away, refuses, lies or is not the one we trust: each a sentence, none a guess."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.errors import KekUnavailable, Misconfigured, Unavailable
from casework.keys.kek.chosen import chosen_kek
from casework.keys.kek.transit import TransitKek
from casework.keys.kek.vault import Vault
from casework.settings import Settings
from tests.fakes import CountingEntropy
from tests.unit.keys.kek.conftest import Holder
from tests.vault_server import TransitKey, VaultServer, vault_server

SECRET = bytes(range(32))


@pytest.fixture
def kek(transit_holder: Holder) -> Any:
    return transit_holder.open()


def misconfigured(holder: Holder) -> str:
    with pytest.raises(Misconfigured) as caught:
        holder.open()
    return "; ".join(caught.value.faults)


@pytest.mark.parametrize("status", [301, 307, 412, 429, 472, 500, 502, 503])
def test_a_vault_that_cannot_answer_is_unavailable(
    kek: TransitKek, vault: VaultServer, status: int
) -> None:
    wrapped = kek.wrap(SECRET, b"purpose")
    vault.status = status
    for ask in (kek.current_version, lambda: kek.unwrap(wrapped, b"purpose")):
        with pytest.raises(KekUnavailable, match=f"answers {status}"):
            ask()


def test_it_is_an_outage_like_any_other_for_whoever_waits() -> None:
    assert issubclass(KekUnavailable, Unavailable)
    assert KekUnavailable.code == Unavailable.code


def test_a_refused_token_names_the_setting(transit_holder: Holder, vault: VaultServer) -> None:
    vault.status = 403
    assert misconfigured(transit_holder).endswith("refuses the token of CASEWORK_KEK_TOKEN_FILE")


def test_a_key_that_is_not_there_is_told(transit_holder: Holder, vault: VaultServer) -> None:
    del vault.keys["casework"]
    assert misconfigured(transit_holder) == "the vault of CASEWORK_KEK has no such key or engine"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"derived": False}, "must be derived"),
        ({"exportable": True}, "must not be exportable"),
        ({"type": "rsa-2048"}, "must be one of"),
        ({"type": ["aes256-gcm96"]}, "must be one of"),
    ],
)
def test_a_key_that_would_not_bind_contexts_is_refused(
    transit_holder: Holder, vault: VaultServer, facts: dict[str, Any], sentence: str
) -> None:
    vault.keys["casework"] = TransitKey(b"seed", facts=facts)
    assert sentence in misconfigured(transit_holder)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b'"data"', b'{"data": []}', b'{"data": {}}', b"[" * 9000,
     b'{"data": {"latest_version": "1"}}', b'{"data": {"latest_version": true}}', b"\xff\xfe"],
)  # fmt: skip
def test_a_wrong_answer_is_unavailable_and_not_quoted(
    kek: TransitKek, vault: VaultServer, body: bytes
) -> None:
    wrapped = kek.wrap(SECRET, b"purpose")
    vault.body = body
    for ask in (kek.current_version, lambda: kek.unwrap(wrapped, b"purpose")):
        with pytest.raises(KekUnavailable, match="something else than"):
            ask()


@pytest.mark.parametrize("text", ["", "vault:v0:AAAA", "vault:v1:****", "vault:v1:A", "v1:AAAA"])
def test_a_seal_of_another_form_is_not_kept(kek: TransitKek, vault: VaultServer, text: str) -> None:
    vault.body = b'{"data": {"ciphertext": "%s"}}' % text.encode()
    with pytest.raises(KekUnavailable):
        kek.wrap(SECRET, b"purpose")


def test_an_endless_answer_is_cut(kek: TransitKek, vault: VaultServer) -> None:
    vault.body = b" " * (64 * 1024 + 1)
    with pytest.raises(KekUnavailable, match="more than 65536 bytes"):
        kek.current_version()


def test_a_slow_vault_is_waited_for_as_long_as_was_said(
    vault: VaultServer, token_file: Path
) -> None:
    slow = Vault(vault.url, token_file, None, patience=0.05)
    vault.delay = 0.3
    with pytest.raises(KekUnavailable, match="TimeoutError"):
        slow.ask("GET", "transit/keys/casework")


def test_a_vault_that_is_gone_is_unavailable(token_file: Path) -> None:
    with vault_server() as server:
        gone = Vault(server.url, token_file, None)
    with pytest.raises(KekUnavailable, match="ConnectionRefusedError"):
        gone.ask("GET", "transit/keys/casework")


def test_its_token_is_read_at_each_question_and_from_a_private_file(
    kek: TransitKek, token_file: Path
) -> None:
    kek.current_version()
    token_file.write_text("another\n")
    with pytest.raises(Misconfigured, match="refuses the token"):
        kek.current_version()
    token_file.chmod(0o640)
    with pytest.raises(Misconfigured, match=f"chmod 600 {token_file}"):
        kek.current_version()


@pytest.mark.parametrize("token", ["", "two\nlines", "é"])
def test_what_is_no_token_is_not_sent(kek: TransitKek, token_file: Path, token: str) -> None:
    token_file.write_text(token)
    with pytest.raises(Misconfigured) as caught:
        kek.current_version()
    assert token not in str(caught.value) or not token


def test_wrapping_anew_is_left_to_the_vault(kek: TransitKek, vault: VaultServer) -> None:
    wrapped = kek.wrap(SECRET, b"purpose")
    kek.draw(after=1)
    vault.asked.clear()
    kek.rewrap(wrapped, b"purpose")
    assert [one.split("/")[3] for one in vault.asked] == ["keys", "rewrap"]


@pytest.mark.parametrize(
    "spec",
    ["http://vault.town.example:8200/transit/casework", "https://vault/transit",
     "https://user@vault/transit/casework", "https://vault/transit/../casework",
     "https://vault/transit/casework?x", "ftp://vault/transit/casework"],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_refused(spec: str, token_file: Path) -> None:
    given = {"CASEWORK_KEK": f"transit:{spec}", "CASEWORK_KEK_TOKEN_FILE": str(token_file)}
    with pytest.raises(Misconfigured):
        chosen_kek(Settings.from_environment(given), CountingEntropy())


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for the address of loopback, signed by itself, with its key."""
    path = tmp_path / "vault.pem"
    names = ("-subj", "/CN=vault", "-addext", "subjectAltName=IP:127.0.0.1")
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "9")
    out = ("-keyout", str(path), "-out", str(tmp_path / "crt"))
    words = ["/usr/bin/openssl", "req", "-x509", *kind, *names, *out]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our words
    path.write_text(path.read_text() + (tmp_path / "crt").read_text())
    return path


@pytest.fixture
def guarded(certificate: Path) -> Iterator[VaultServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with vault_server(context) as serving:
        serving.keys["casework"] = TransitKey(b"seed")
        yield serving


def test_tls_is_verified_against_the_authority_named(
    guarded: VaultServer, certificate: Path, token_file: Path
) -> None:
    with pytest.raises(Misconfigured, match="not trusted"):
        TransitKek(Vault(guarded.url, token_file, None), "transit", "casework")
    trusting = Vault(guarded.url, token_file, certificate)
    assert TransitKek(trusting, "transit", "casework").current_version() == 1
    elsewhere = guarded.url.replace("127.0.0.1", "localhost")
    with pytest.raises(Misconfigured, match="not trusted"):
        Vault(elsewhere, token_file, certificate).ask("GET", "transit/keys/casework")


def test_an_authority_that_is_none_is_told(token_file: Path) -> None:
    with pytest.raises(Misconfigured, match="holds no certificate"):
        Vault("https://vault", token_file, token_file)
