"""Rules of law kept by what is not there: no feed, no minutes, no score (law note 9.4)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from sqlalchemy import Column, Date, Table

from casework import cli
from casework.db.types import Id, UtcDateTime
from casework.meetings.models import AgendaItemRow, AttendanceRow, MeetingRow
from casework.tables import KEYSTORE, MAIN

ROOT: Final = Path(__file__).parents[2]
LINES_OUT: Final = re.compile(
    r"^(?:import|from) (?:http\.client|urllib\.request|smtplib|ftplib|imaplib|poplib|socket)\b",
    re.MULTILINE,
)
# Figures of the bench come from servers that it started itself.
BENCH: Final = "operations/bench/"
SCORED: Final = re.compile(r"score|rating|rank|risk|profil|danger_level|weight")
LONGEST_CODE: Final = 16


def commands(found: click.Command = cli.casework, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Give every command by its words."""
    if not isinstance(found, click.Group):
        yield " ".join(path)
        return
    context = click.Context(found)
    for name in found.list_commands(context):
        below = found.get_command(context, name)
        assert below is not None
        yield from commands(below, (*path, name))


def columns() -> Iterator[tuple[str, str]]:
    for table in (*MAIN.tables.values(), *KEYSTORE.tables.values()):
        yield from ((table.name, column.name) for column in table.columns)


def says_words(column: Column[object]) -> bool:
    """Say whether a column could hold a sentence, sealed or not."""
    kind = column.type
    if isinstance(kind, Id | UtcDateTime | Date):
        return False
    length = getattr(kind, "length", 0)
    return kind.python_type not in {int, bool} and not 0 < (length or 0) <= LONGEST_CODE


def test_rule_08_the_service_asks_outside_in_these_modules_alone() -> None:
    service = sorted((ROOT / "casework").rglob("*.py"))
    asking = {
        path.relative_to(ROOT / "casework").as_posix()
        for path in service
        if LINES_OUT.search(path.read_text("utf-8"))
    }
    assert {one for one in asking if not one.startswith(BENCH)} == {
        "keys/kek/vault.py",  # the key of keys, on the town's own vault
        "operations/cluster.py",  # a free port for a private PostgreSQL
        "operations/posting.py",  # the digest of the register, to authorities of time and witnesses
        "documents/scanning.py",  # the scanner of viruses that the operator named
        "operations/smtp.py",  # letters, outwards
        "commands/demo.py",  # whether the port of the demonstration is free
    }


def test_rule_08_no_command_brings_cases_in_or_takes_them_out() -> None:
    nouns = {one.split(" ")[0] for one in commands()}
    assert nouns.isdisjoint({"case", "cases", "referral", "person", "import", "load", "feed"})
    taking_in = {one for one in commands() if re.search(r"\b(import|load|feed|sync)\b", one)}
    assert taking_in == {"keys registrar import"}  # a public key


def test_rule_09_a_meeting_keeps_days_states_and_presence_and_nobody_s_words() -> None:
    for model in (MeetingRow, AgendaItemRow, AttendanceRow):
        table = model.__table__
        assert isinstance(table, Table)
        assert [one.name for one in table.columns if says_words(one)] == []


def test_rule_09_of_a_meeting_s_decision_a_code_of_the_list_is_written_and_no_words() -> None:
    sealed = {column for table, column in columns() if table == "decisions" and "_sealed" in column}
    assert sealed == {"code_sealed"}


def test_rule_20_nothing_that_is_stored_ranks_or_weighs_a_person() -> None:
    assert [one for one in columns() if SCORED.search(".".join(one))] == []
