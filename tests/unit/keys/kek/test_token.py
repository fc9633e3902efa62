"""A token: its URI read strictly, its keys never given out, its failures told apart."""

import os
from pathlib import Path
from urllib.parse import quote

import pkcs11
import pytest
from pkcs11 import Attribute

from casework.errors import KekUnavailable, Misconfigured
from casework.keys.kek import chosen
from casework.keys.kek.pkcs11 import TokenKek, create_key
from casework.keys.kek.token_session import keys_of, session_with
from casework.keys.kek.token_uri import TokenPlace, token_place
from tests.fakes import CountingEntropy
from tests.softhsm import PIN, TOKEN, import_key, module
from tests.unit.keys.kek.conftest import Holder

URI = "pkcs11:token=a%20b;object=kek?module-path=/lib/p11.so&pin-source=file:/etc/pin"
SECRET = bytes(range(32))


@pytest.fixture
def place(pkcs11_holder: Holder) -> TokenPlace:
    return token_place(pkcs11_holder.settings.kek)


def test_a_uri_says_which_key_of_which_token() -> None:
    wanted = TokenPlace("a b", "kek", Path("/lib/p11.so"), Path("/etc/pin"))
    assert token_place(URI) == wanted
    assert token_place(URI.replace("object", "type=secret-key;object")) == wanted


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ("pkcs11:object=kek", "says no module-path, pin-source, token"),
        (URI + "&pin-value=1234", "must not hold a PIN"),
        (URI.replace("token=", "pin-value=1234;token="), "must not hold a PIN"),
        (URI.replace("file:/etc/pin", "|/bin/ask"), "takes its PIN from a file"),
        (URI.replace("file:/etc/pin", "file:pin"), "by whole paths"),
        (URI.replace("/lib/p11.so", "p11.so"), "by whole paths"),
        (URI.replace("object", "token=c;object"), "each once"),
        (URI.replace("object", "slot-id=3;object"), "each once"),
        (URI.replace("object", "type=private;object"), "names no secret key"),
    ],
)
def test_another_uri_is_refused_without_being_quoted(changed: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence) as caught:
        token_place(changed)
    assert "1234" not in str(caught.value)


def test_its_keys_are_never_given_out(place: TokenPlace) -> None:
    TokenKek(place, CountingEntropy()).draw(after=1)
    with session_with(place) as session:
        made = keys_of(session, place.label)
        assert sorted(made) == [1, 2]
        for (key,) in made.values():
            assert key[Attribute.NEVER_EXTRACTABLE]
            assert key[Attribute.ALWAYS_SENSITIVE]
            with pytest.raises(pkcs11.AttributeSensitive):
                key[Attribute.VALUE]


@pytest.mark.parametrize(
    "changed",
    [{"EXTRACTABLE": True}, {"SENSITIVE": False}, {"VALUE": bytes(16)}, {"ID": b"\x07"}],
)
def test_a_key_that_could_be_given_out_is_refused(
    place: TokenPlace, changed: dict[str, object]
) -> None:
    with session_with(place, writing=True) as session:
        import_key(session, place.label, 2, SECRET, **changed)
    with pytest.raises(Misconfigured, match="sensitive and never extractable"):
        TokenKek(place, CountingEntropy())


def test_the_first_key_is_made_once(place: TokenPlace) -> None:
    create_key(place)
    assert TokenKek(place, CountingEntropy()).versions() == (1,)


def test_two_keys_drawn_for_one_version_both_open(place: TokenPlace) -> None:
    kek = TokenKek(place, CountingEntropy())
    first = kek.wrap(SECRET, b"purpose")
    with session_with(place, writing=True) as session:
        import_key(session, place.label, 1, bytes(32))
    second = TokenKek(place, CountingEntropy(1)).wrap(SECRET, b"purpose")
    assert [kek.unwrap(one, b"purpose") for one in (first, second)] == [SECRET, SECRET]


def test_a_token_without_its_key_is_told(place: TokenPlace) -> None:
    empty = TokenPlace(place.token, "nothing", place.module, place.pin_file)
    with pytest.raises(Misconfigured, match="holds no key"):
        TokenKek(empty, CountingEntropy())


def test_a_wrong_token_library_or_pin_is_told_apart(place: TokenPlace, tmp_path: Path) -> None:
    pin = tmp_path / "pin"
    pin.write_text("wrong-pin")
    pin.chmod(0o600)
    with pytest.raises(Misconfigured, match="is not there"):
        TokenKek(TokenPlace("nowhere", "kek", place.module, place.pin_file), CountingEntropy())
    with pytest.raises(Misconfigured, match="refuses its PIN") as caught:
        TokenKek(TokenPlace(place.token, "kek", place.module, pin), CountingEntropy())
    assert "wrong-pin" not in str(caught.value)
    with pytest.raises(KekUnavailable, match="does not answer"):
        TokenKek(TokenPlace(place.token, "kek", pin, place.pin_file), CountingEntropy())
    pin.chmod(0o644)
    with pytest.raises(Misconfigured, match=f"the PIN file {pin} can be read by others"):
        TokenKek(TokenPlace(place.token, "kek", place.module, pin), CountingEntropy())


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_worker_born_by_a_fork_opens_what_its_parent_wrapped(place: TokenPlace) -> None:
    kek = TokenKek(place, CountingEntropy())
    wrapped = kek.wrap(SECRET, b"purpose")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if kek.unwrap(wrapped, b"purpose") == SECRET else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert kek.unwrap(wrapped, b"purpose") == SECRET


def test_without_the_library_for_tokens_the_sentence_names_its_lock(
    pkcs11_holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(chosen, "import_module", missing)
    with pytest.raises(Misconfigured, match=r"requirements-pkcs11\.lock"):
        pkcs11_holder.open()


def test_the_pin_stands_in_no_setting(pkcs11_holder: Holder) -> None:
    assert PIN not in pkcs11_holder.settings.kek
    assert quote(TOKEN) in pkcs11_holder.settings.kek
    assert str(module()) in pkcs11_holder.settings.kek
