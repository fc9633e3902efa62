"""`casework keys escrow`, as an operator types it."""

import pytest

from tests.integration.operations.test_commands import BODY, MEMBER, acts, operated, run, told

__all__ = ["operated"]
OTHER = "M. Bo Invention"


@pytest.mark.usefixtures("operated")
def test_custodians_are_named_and_keys_entrusted_by_commands() -> None:
    _hire()
    made = told("keys", "escrow", "create", "--threshold", "2", *_custodians())
    (seen,) = told("keys", "escrow", "status")
    assert seen == {
        "escrow": made["escrow"],
        "state": "drawing",
        "threshold": 2,
        "custodians": 2,
        "drawn": 0,
        "enrolled": 0,
        "organisations": 1,
    }
    assert acts().count("escrow:founded") == 1


@pytest.mark.usefixtures("operated")
def test_nothing_is_asked_or_entrusted_before_the_cards_are_drawn() -> None:
    _hire()
    for words in (("rehearsal",), ("recover", MEMBER)):
        assert run("keys", "escrow", "ask", *words).exit_code == 1
    assert run("keys", "escrow", "enrol").exit_code == 1
    told("keys", "escrow", "create", "--threshold", "2", *_custodians())
    refused = run("keys", "escrow", "ask", "rehearsal")
    assert (refused.exit_code, "des cartes restent à tirer" in refused.output) == (1, True)


@pytest.mark.usefixtures("operated")
def test_an_unsound_escrow_is_a_fault_of_usage() -> None:
    _hire()
    for threshold in ("1", "3"):
        words = ("keys", "escrow", "create", "--threshold", threshold, *_custodians())
        assert run(*words).exit_code == 2
    assert told("keys", "escrow", "status") == []


def _custodians() -> tuple[str, ...]:
    return ("--custodian", MEMBER, "--custodian", OTHER)


def _hire() -> None:
    told("org", "add", BODY, "municipality")
    for name, given in ((MEMBER, "Ada"), (OTHER, "Bo")):
        civility = name.partition(" ")[0]
        words = ("--civility", civility, "--given", given, "--family", "Invention")
        told("staff", "add", BODY, *words, "--login", given.lower() + "da")
