"""Every command that opens or changes something leaves its line, in the name of who typed it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click
import pytest
from sqlalchemy import text

from casework import cli
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked
from casework.audit.parts import open_part, stored_parts
from casework.commands.acting import instance as opened_instance
from casework.commands.acting import operator_name
from casework.crypto.passwords import Argon2Cost
from casework.db import sight
from casework.db.engine import Scope
from casework.keys.registrar import key_file
from tests.integration.operations.conftest import Environment
from tests.integration.operations.test_commands import (
    ALWAYS,
    BODY,
    CHARTER,
    MEMBER,
    PASSWORD,
    activated,
    now,
    run,
    told,
)

# They read files of the operator's own, settings, counts and states of the machine, or serve.
MUTE: Final = {
    "access matrix", "backup key", "bench", "charter check", "council show", "db check", "demo",
    "demo codes", "demo world", "doctor", "keys draw", "keys registrar create",
    "keys registrar sign", "serve", "settings check",
}  # fmt: skip
# Walked by tests of their own: an upgrade of an older home, another holder of the KEK, members who
# hold keys and cards, a second token, a body in the next quarter, databases that were lost.
BESIDE: Final = {
    "backup restore", "db upgrade", "token revoke", "keys custody", "keys rewrap",
    "keys escrow ask exception", "keys escrow ask recover", "keys escrow ask rehearsal",
    "keys escrow enrol", "review confirm",
}  # fmt: skip
PERSON: Final = ("--civility", "Mme", "--given", "Ada", "--family", "Invention", "--login", "ada")
SPAN: Final = ("--from", ALWAYS[0], "--until", ALWAYS[1])


def commands(found: click.Command = cli.casework, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Give every command by its words."""
    if isinstance(found, click.Group):
        context = click.Context(found)
        for name in found.list_commands(context):
            below = found.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))
    if not isinstance(found, click.Group) or found.invoke_without_command:
        yield " ".join(path)


class Terminal:
    """Where an operator types; what each command left in the register is kept by its words."""

    def __init__(self) -> None:
        self.left: dict[str, list[tuple[str, str]]] = {}
        self._known = frozenset(commands())
        self._seen = 0

    def type(self, *words: str, typed: str = "") -> Any:
        answer = told(*words, typed=typed)
        name = next(" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in self._known)
        self.left.setdefault(name, []).extend(self._fresh())
        return answer

    def _fresh(self) -> Iterator[tuple[str, str]]:
        """Give kind and code of who left each new leaf."""
        with opened_instance() as opened:
            keys, scope = opened.register_keys.of(opened.council_id), Scope(opened.council_id)
            with opened.stores.main.reading(scope) as session:
                gateway = RegisterGateway(session, opened.council_id)
                found = gateway.onward(Asked(), (), (self._seen, 1 << 40))
            self._seen += len(found)
            for values in found:
                who = json.loads(open_part(keys, values, stored_parts(values)[0]) or b"{}")
                yield who["kind"], who["session"]


@pytest.fixture
def terminal(environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    monkeypatch.setattr(key_file, "COST", Argon2Cost(memory_kib=19 * 1024, passes=2))
    own = {"CASEWORK_ARGON2_MEMORY_MIB": "19", **_copies(tmp_path)}
    for name, value in (environment | own).items():
        monkeypatch.setenv(name, value)
    run("db", "upgrade")
    return Terminal()


def _copies(folder: Path) -> Environment:
    """Return the settings of copies; what opens them is in the file `identity`."""
    recipient = told("backup", "key", str(folder / "identity"))["recipient"]
    places = {"CASEWORK_BACKUP_DIR": "copies", "CASEWORK_KEYSTORE_BACKUP_DIR": "peppers"}
    for name in places.values():
        (folder / name).mkdir()
    found = {name: str(folder / place) for name, place in places.items()}
    return {**found, "CASEWORK_BACKUP_RECIPIENTS": recipient}


def only_case() -> str:
    """Return the reference of the one case there is: the decoy."""
    with opened_instance() as opened:
        whole = Scope(opened.council_id, whole=True)
        with opened.stores.main.reading(whole) as session:
            found = text("SELECT reference FROM cases").execution_options(**sight.CLEAR)
            return str(session.scalar(found))


def _set_up(terminal: Terminal) -> str:
    """Found a council with a group; return the one-time code of its member."""
    terminal.type("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")
    charter = terminal.type("charter", "adopt", CHARTER)["charter"]
    terminal.type("charter", "show")
    terminal.type("charter", "diff", charter, CHARTER)
    terminal.type("charter", "record")
    terminal.type("org", "add", BODY, "municipality")
    terminal.type("org", "add", "Club inventé", "street_work")
    terminal.type("charter", "sign", charter, BODY, "--on", ALWAYS[0], "--until", ALWAYS[1])
    where = ("--commune", "67447", "--coordinating", BODY, "--charter", charter)
    terminal.type("group", "add", "Groupe inventé", "--prefix", "SN", *where)
    code: str = terminal.type("staff", "add", BODY, *PERSON)["code"]
    terminal.type("staff", "mandate", MEMBER, "--role", "coordinator", "--group", "SN", *SPAN)
    for noun in ("org", "group", "staff"):
        terminal.type(noun, "list")
    terminal.type("access", "simulate", "--member", MEMBER)
    return code


def _hold_keys(terminal: Terminal, folder: Path) -> None:
    for words in (("status",), ("verify",), ("decoy", "list"), ("rotate", "kek"),
                  ("rotate", "passwords"), ("rotate", "presence"),
                  ("rotate", "organisation", "Club inventé"), ("decoy", "add", "SN"),
                  ("escrow", "status")):  # fmt: skip
        terminal.type("keys", *words)
    terminal.type("access", "explain", "--member", MEMBER, "--case", only_case())
    phrase, key, asked = folder / "phrase", str(folder / "key"), str(folder / "asked.json")
    phrase.write_text("quatre mots bien inventés\n", encoding="utf-8")
    phrase.chmod(0o600)
    with_phrase = ("--passphrase-file", str(phrase))
    made = told("keys", "registrar", "create", key, *with_phrase)
    terminal.type("keys", "registrar", "adopt", made["public"])
    terminal.type("keys", "registrar", "pending", asked)
    signed = told("keys", "registrar", "sign", asked, "--with", key, *with_phrase, "--yes")
    terminal.type("keys", "registrar", "import", signed["file"])


def _end(terminal: Terminal, code: str, folder: Path) -> None:
    phone = activated("ada", code)
    proof = f"ada\n{PASSWORD}\n{phone.at(now() + timedelta(seconds=30))}\n"
    words = ("token", "add", "--label", "essai", "--scope", "case:list")
    terminal.type(*words, typed=proof)
    other = ("--civility", "M.", "--given", "Bo", "--family", "Invention", "--login", "boda")
    terminal.type("staff", "add", BODY, *other)
    pair = ("--custodian", MEMBER, "--custodian", "M. Bo Invention")
    terminal.type("keys", "escrow", "create", "--threshold", "2", *pair)
    terminal.type("audit", "verify", "--rows")
    terminal.type("audit", "checkpoint")
    terminal.type("db", "key")
    terminal.type("audit", "export", str(folder / "export.zip"))
    terminal.type("retention", "run")
    terminal.type("review", "list")
    terminal.type("tick")
    terminal.type("backup", "create")
    terminal.type("backup", "drill", "--identity", str(folder / "identity"))
    terminal.type("staff", "reset", MEMBER)
    terminal.type("staff", "lock", MEMBER)
    terminal.type("staff", "leave", MEMBER)
    terminal.type("org", "leave", "Club inventé")


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_every_command_that_opens_or_changes_something_leaves_its_line(
    terminal: Terminal, tmp_path: Path
) -> None:
    code = _set_up(terminal)
    _hold_keys(terminal, tmp_path)
    _end(terminal, code, tmp_path)
    walked = set(commands()) - MUTE - BESIDE
    assert sorted(walked - terminal.left.keys()) == []
    mine, person = ("operator", operator_name()), "token add"
    silent = [name for name, left in terminal.left.items() if mine not in left]
    assert sorted(silent) == [one for one in ("tick", person) if one in silent]
    assert {kind for kind, _ in terminal.left["tick"]} == {"service"}
    assert "member" in {kind for kind, _ in terminal.left[person]}
