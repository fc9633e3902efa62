"""The operator's commands, from an empty disk to a member who makes a token, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from pyotp import TOTP
from sqlalchemy import text

from casework import cli
from casework.accounts.values import Client, Proofs
from casework.clock import SystemClock
from casework.commands.acting import instance as opened_instance
from casework.db.engine import Database, Scope
from tests.exports import unpacked
from tests.integration.operations.conftest import Environment
from tests.offline import checked
from tests.postgres import broken_into

CHARTER: Final = str(Path(__file__).parents[3] / "config/charters/gsn.toml")
PASSWORD: Final = "une phrase assez longue"
HERE: Final = Client("127.0.0.1")
ALWAYS: Final = ("2026-01-01", "2035-01-01")
BODY: Final = "Ville inventée"
MEMBER: Final = "Mme Ada Invention"


@pytest.fixture
def operated(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set an instance up with commands alone."""
    own = {"CASEWORK_ARGON2_MEMORY_MIB": "19", "CASEWORK_KEYSTORE_BACKUP_DAYS": "14"}
    for name, value in (environment | own).items():
        monkeypatch.setenv(name, value)
    told("db", "upgrade")
    told("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.casework, words, input=typed)


def told(*words: str, typed: str = "", code: int = 0) -> Any:
    """Run a command that answers in JSON and ends with `code`."""
    result = run(*words, "--json", typed=typed)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def acts() -> list[str]:
    with opened_instance() as opened, opened.stores.main.reading(Scope(opened.council_id)) as one:
        return list(one.scalars(text("SELECT kind FROM audit_leaves ORDER BY seq")))


def staffed() -> tuple[str, str]:
    """Add a body with a group and a member; return the member's login and activation code."""
    charter = told("charter", "adopt", CHARTER)["charter"]
    told("org", "add", BODY, "municipality")
    told("charter", "sign", charter, BODY, "--on", ALWAYS[0], "--until", ALWAYS[1])
    where = ("--commune", "67447", "--coordinating", BODY, "--charter", charter)
    told("group", "add", "Groupe inventé", "--prefix", "SN", *where)
    name = ("--civility", "Mme", "--given", "Ada", "--family", "Invention")
    made = told("staff", "add", BODY, *name, "--login", "ada")
    dates = ("--from", ALWAYS[0], "--until", ALWAYS[1])
    told("staff", "mandate", MEMBER, "--role", "coordinator", "--group", "SN", *dates)
    return made["login"], made["code"]


def activated(login: str, code: str) -> TOTP:
    """Do at the activation page what the member does there."""
    with opened_instance() as opened:
        enrolment = opened.account_services.enrolment
        uri = enrolment.propose(login, code, HERE).uri
        phone = TOTP(parse_qs(urlsplit(uri).query)["secret"][0])
        enrolment.activate(login, code, Proofs(PASSWORD, phone.at(now())), HERE)
    return phone


def alter(owned: Database, statement: str) -> None:
    with owned.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def now() -> datetime:
    return SystemClock().now().astimezone(UTC)


@pytest.mark.usefixtures("operated")
def test_a_council_is_set_up_by_commands_and_each_leaves_its_leaf() -> None:
    staffed()
    assert [one["name"] for one in told("org", "list")] == [BODY]
    (group,) = told("group", "list")
    assert (group["prefix"], group["called"]) == ("SN", "Groupe de suivi nominatif")
    assert [one["kind"] for one in told("charter", "show")] == ["followup"]
    assert [one["name"] for one in told("staff", "list")] == [MEMBER]
    assert {
        "operator:acted", "charter:adopted", "organisation:added", "charter:signed",
        "group:added", "member:added", "account:added", "mandate:given", "member:listed",
    } <= set(acts())  # fmt: skip
    assert told("audit", "verify")["clean"]
    assert [one for one in told("doctor") if not one["holds"]] == []


@pytest.mark.usefixtures("operated")
def test_a_person_makes_a_token_in_their_own_name_and_is_locked_out() -> None:
    login, code = staffed()
    phone = activated(login, code)
    typed = f"{login}\n{PASSWORD}\n{phone.at(now() + timedelta(seconds=30))}\n"
    wanted = ("token", "add", "--label", "essai", "--scope", "case:list")
    made = told(*wanted, typed=typed)
    with opened_instance() as opened:
        bearer = opened.account_services.tokens.authenticate(made["text"])
        assert bearer is not None
        assert bearer.scopes == {"case:list"}
    refused = run(*wanted, typed=typed)
    assert refused.exit_code == 1
    assert PASSWORD not in refused.output
    told("staff", "lock", MEMBER)
    with opened_instance() as opened:
        assert opened.account_services.tokens.authenticate(made["text"]) is None
    assert acts()[-1] == "member:locked"
    assert {"token:added", "session:closed"} <= set(acts())


@pytest.mark.usefixtures("operated")
def test_a_register_altered_by_sql_ends_the_verification_with_one() -> None:
    with opened_instance() as opened, broken_into(opened.stores.main) as owned:
        alter(owned, "UPDATE audit_leaves SET outcome = 'failed' WHERE seq = 0")
    found = told("audit", "verify", code=1)
    assert [(one["what"], one["first"]) for one in found["faults"]] == [("leaf-edited", 0)]
    assert told("doctor", code=1)[-1]["holds"] is False


@pytest.mark.usefixtures("operated")
def test_the_register_is_handed_over_as_hashes_or_to_the_officer_in_clear(tmp_path: Path) -> None:
    hashes, clear = tmp_path / "hashes.zip", tmp_path / "clear.zip"
    login, code = staffed()
    phone = activated(login, code)
    told("audit", "export", str(hashes))
    assert checked(hashes)[0] == 0
    assert hashes.stat().st_mode & 0o777 == 0o600
    assert run("audit", "export", str(hashes)).exit_code == 1
    assert run("audit", "export", str(clear), "--names").exit_code == 1
    assert not clear.exists()
    told("staff", "mandate", MEMBER, "--role", "dpo", "--from", ALWAYS[0], "--until", ALWAYS[1])
    typed = f"{login}\n{PASSWORD}\n{phone.at(now() + timedelta(seconds=30))}\n"
    made = told("audit", "export", str(clear), "--sign-in", "--names", typed=typed)
    report = checked(clear, "--ancien", hashes)[1]
    assert (report["verdict"], report["size"]) == ("clean", made["size"])
    assert MEMBER.encode() in unpacked(clear)["names.json"]
    assert acts()[-2:] == ["register:exported", "session:closed"]


@pytest.mark.usefixtures("operated")
def test_a_second_upgrade_changes_nothing_and_writes_nothing() -> None:
    before = acts()
    again = told("db", "upgrade")
    assert not again["home_made"]
    assert {one["from"] == one["to"] for one in again["revisions"].values()} == {True}
    assert acts() == before
    told("db", "check")


@pytest.mark.usefixtures("operated")
def test_a_checkpoint_kept_elsewhere_is_compared(tmp_path: Path) -> None:
    kept, forged = tmp_path / "kept", tmp_path / "forged"
    note = told("audit", "checkpoint")["note"]
    kept.write_text(note, encoding="utf-8")
    forged.write_text(note.replace("casework/", "casework/0"), encoding="utf-8")
    assert told("audit", "verify", "--held", str(kept))["clean"]
    assert not told("audit", "verify", "--held", str(forged), code=1)["clean"]


@pytest.mark.usefixtures("operated")
def test_the_register_is_signed_and_jobs_run_on_command() -> None:
    size = told("audit", "checkpoint")["size"]
    with opened_instance() as opened, opened.stores.main.reading(Scope(opened.council_id)) as one:
        assert one.scalar(text("SELECT max(size) FROM audit_checkpoints")) == size
    assert {one["fault"] for one in told("tick")} == {""}
    assert told("tick") == []
    status = told("keys", "status")
    assert (status["organisations"], status["epochs"]) == ([], {})
    dry = told("retention", "run", "--dry-run")
    assert (dry["dry_run"], dry["steps"]) == (True, [])
    done = told("retention", "run")
    assert done["steps"] == []
    assert done["register"] == dry["register"] == dict.fromkeys(dry["register"], 0)


@pytest.mark.usefixtures("operated")
def test_backups_kept_longer_than_a_charter_promises_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staffed()
    monkeypatch.setenv("CASEWORK_KEYSTORE_BACKUP_DAYS", "15")
    broken = [one for one in told("doctor", code=1) if not one["holds"]]
    assert [one["check"] for one in broken] == ["promise"]
    assert "promises 14 days, CASEWORK_KEYSTORE_BACKUP_DAYS says 15" in broken[0]["says"]


@pytest.mark.usefixtures("operated")
def test_the_key_store_is_compared_on_command_and_the_verdict_is_an_exit_code() -> None:
    assert told("keys", "verify")["clean"]
    with opened_instance() as opened:
        lost = {(UUID(int=7), 1): bytes(32)}
        opened.stores.keystore.keep_peppers(opened.council_id, lost)
    found = told("keys", "verify", code=1)
    assert [(one["kind"], one["count"]) for one in found["faults"]] == [("ahead", 1)]
    assert run("keys", "verify").exit_code == 1
    assert acts()[-2:] == ["key:checked", "key:checked"]


@pytest.mark.usefixtures("operated")
def test_a_decoy_is_placed_and_counted_without_saying_which_case_it_is() -> None:
    staffed()
    assert told("keys", "decoy", "list")["groups"] == {"SN": 0}
    assert told("keys", "decoy", "add", "SN") == {"placed": 1}
    assert told("keys", "decoy", "list")["groups"] == {"SN": 1}
    assert run("keys", "decoy", "add", "XX").exit_code == 2
    assert "referral:sent" in acts()
    assert "decoy:placed" not in acts()


@pytest.mark.usefixtures("operated")
def test_what_is_not_there_is_told_with_its_code() -> None:
    unknown = str(UUID(int=7))
    assert run("staff", "lock", "Mme Personne").exit_code == 2
    assert run("charter", "show", unknown).exit_code == 1
    assert acts()[-1] == "access:refused"
    assert run("org", "add", "Sans catégorie", "wizard").exit_code == 2


def test_a_charter_with_faults_ends_with_one_and_adopts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "charter.toml"
    path.write_text(Path(CHARTER).read_text(encoding="utf-8").replace("age_to = 25", "age_to = 30"))
    faults = told("charter", "check", str(path), code=1)["faults"]
    assert [bool(one["line"]) for one in faults] == [True]
    assert told("charter", "check", CHARTER)["faults"] == []


def test_before_the_upgrade_every_command_says_what_to_type(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told("db", "upgrade")
    result = run("tick")
    assert result.exit_code == 2
    assert result.stderr == "no council is founded here: run casework council found\n"


@pytest.mark.usefixtures("operated")
def test_a_partner_leaves_once_and_says_what_it_held() -> None:
    staffed()
    told("org", "add", "Club inventé", "street_work")
    counts = told("org", "leave", "Club inventé")
    assert counts == dict.fromkeys(("members", "due", "own", "renewed", "cases", "led"), 0)
    left = {one["name"]: one["left_on"] is not None for one in told("org", "list")}
    assert left == {BODY: False, "Club inventé": True}
    assert acts()[-2:] == ["organisation:left", "organisation:listed"]
    assert run("org", "leave", "Club inventé").exit_code == 2
    assert run("org", "leave", BODY).exit_code == 2


@pytest.mark.usefixtures("operated")
def test_a_member_leaves_and_the_operator_reads_what_is_to_be_done() -> None:
    staffed()
    counts = told("staff", "leave", MEMBER)
    assert counts == {"mandates": 1, "due": 0, "cards": 0, "named": 0, "led": 0}
    assert [one["locked"] for one in told("staff", "list")] == [True]
    assert acts().count("member:left") == 1
    assert "situations qui attendent un autre référent" in run("staff", "leave", MEMBER).output
