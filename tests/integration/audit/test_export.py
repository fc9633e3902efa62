"""The register handed over: what it holds, who may ask for what, and that it checks elsewhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.export.archive import zipped
from casework.audit.export.bundle import Bundle
from casework.audit.export.service import ExportService
from casework.audit.export.wanted import ALL_PARTS, Named, Wanted
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import operator
from tests.exports import LEAVES, lines_of, unpacked
from tests.fakes_audit import MonthlyParts, id_of
from tests.offline import VERIFIER, checked
from tests.postgres import broken_into
from tests.register import CASE, COUNCIL, Register, dpo, member

OPERATOR = operator(COUNCIL, "m.weber")
OTHER = id_of("other case")


@pytest.fixture
def exports(register: Register) -> ExportService:
    for count in (1, 64, 5):
        register.read_together(count)
    register.clock.advance(hours=3)
    register.read(OTHER, by=member("paul"))
    return ExportService(register.database, register.ledger, register.keyring, register.clock)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "export.zip"


def test_the_officers_export_says_who_what_and_why_and_checks_elsewhere(
    exports: ExportService, kept: Path
) -> None:
    made = exports.export(dpo(), Wanted(opened=ALL_PARTS))
    kept.write_bytes(b"".join(made.chunks))
    code, report = checked(kept)
    assert (code, report["fault_count"], report["lines"], report["signed"]) == (0, 0, 72, 72)
    assert made.name == "registre-72.zip"
    *_, read, export = lines_of(unpacked(kept))
    assert json.loads(read["parts"]["what"]["text"])["case"] == str(OTHER)
    assert json.loads(read["parts"]["who"]["text"])["member"] == str(id_of("paul"))
    assert (export["act"], export["seq"]) == (Act.REGISTER_EXPORTED, 71)
    assert "plus long silence : 3 h 00 min" in report["notes"][0]


def test_the_operators_export_proves_as_much_and_says_nothing(
    exports: ExportService, kept: Path
) -> None:
    kept.write_bytes(b"".join(exports.export(OPERATOR, Wanted()).chunks))
    assert checked(kept)[0] == 0
    assert {len(line["parts"]) for line in lines_of(unpacked(kept))} == {0}
    files = b"".join(unpacked(kept).values())
    assert str(id_of("marie")).encode() not in files
    assert str(CASE).encode() not in files
    for more in (
        Wanted(opened=frozenset({"who"})),
        Wanted(names={id_of("marie"): Named("Mme Inventée", "École")}),
        Wanted(Asked(case_id=CASE)),
    ):
        with pytest.raises(AccessDenied):
            exports.export(OPERATOR, more)
    with pytest.raises(AccessDenied):
        exports.export(member(), Wanted())


def test_lines_of_one_case_are_exported_each_with_its_own_proof(
    exports: ExportService, kept: Path
) -> None:
    wanted = Wanted(Asked(case_id=OTHER), opened=frozenset({"who", "what"}))
    kept.write_bytes(b"".join(exports.export(dpo(), wanted).chunks))
    code, report = checked(kept)
    assert (code, report["complete"], report["lines"], report["closed_parts"]) == (0, False, 2, 0)
    lines = lines_of(unpacked(kept))
    assert [line["seq"] for line in lines] == [70, 71]
    assert {frozenset(line["parts"]) for line in lines} == {frozenset({"who", "what"})}


def test_the_end_alone_is_exported_and_agrees_with_an_older_export(
    exports: ExportService, kept: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older.zip"
    older.write_bytes(b"".join(exports.export(dpo(), Wanted()).chunks))
    kept.write_bytes(b"".join(exports.export(dpo(), Wanted(first=67)).chunks))
    code, report = checked(kept, "--ancien", older)
    assert (code, report["first"], report["lines"], report["held"]) == (0, 67, 6, 1)


def test_the_same_content_is_the_same_bytes(register: Register, exports: ExportService) -> None:
    size = exports.export(dpo(), Wanted()).size
    wanted = Wanted(opened=ALL_PARTS, names={id_of("marie"): Named("Mme Inventée", "École")})

    def made() -> bytes:
        bundle = Bundle(register.database, COUNCIL, register.keys, wanted, size)
        return b"".join(zipped(bundle.members(), bundle.manifest))

    first = made()
    register.clock.advance(days=40)
    assert made() == first


def test_names_stand_in_a_file_of_their_own_and_nowhere_else(
    exports: ExportService, kept: Path
) -> None:
    names = {id_of("marie"): Named("Mme Inventée", "École inventée")}
    kept.write_bytes(b"".join(exports.export(dpo(), Wanted(opened=ALL_PARTS, names=names)).chunks))
    files = unpacked(kept)
    told = json.loads(files.pop("names.json"))
    assert told["members"][str(id_of("marie"))]["name"] == "Mme Inventée"
    assert told["signed"] is False
    assert "Inventée".encode() not in b"".join(files.values())
    assert checked(kept)[0] == 0


def test_the_export_is_recorded_with_what_was_asked(
    register: Register, exports: ExportService
) -> None:
    exports.export(dpo(), Wanted(Asked(case_id=CASE), opened=frozenset({"who", "what"})))
    with register.database.reading(Scope(COUNCIL)) as session:
        asked = Asked(frozenset({Act.REGISTER_EXPORTED}))
        (leaf,) = RegisterGateway(session, COUNCIL).page(asked, (), Slice())
    detail = register.keys.parts.open(register.clock.now(), b"det", leaf.seq, leaf.det or b"")
    assert json.loads(detail or b"")["detail"] == {"first": 0, "names": False, "opened": "what-who"}


def test_parts_that_are_gone_or_were_altered_are_told_apart(
    register: Register, exports: ExportService, kept: Path
) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE audit_parts SET who = det WHERE seq = 7"))
        session.execute(text("UPDATE audit_parts SET who = NULL, who_salt = NULL WHERE seq = 8"))
    wanted = Wanted(opened=frozenset({"who"}))
    kept.write_bytes(b"".join(exports.export(dpo(), wanted).chunks))
    code, report = checked(kept)
    found = [(one["what"], one["first"], one["where"]) for one in report["faults"]]
    gone = [("part-altered", 7, "who"), ("part-missing", 8, "who")]
    assert (code, found, report["closed_parts"]) == (1, gone, 2)
    parts = register.keys.parts
    assert isinstance(parts, MonthlyParts)
    parts.destroyed.add("2026-11")
    kept.write_bytes(b"".join(exports.export(dpo(), wanted).chunks))
    report = checked(kept)[1]
    assert (report["fault_count"], report["closed_parts"]) == (73, 73)
    assert {one["what"] for one in report["faults"]} == {"part-missing"}


def test_a_register_altered_by_sql_is_exported_and_the_line_is_named(
    register: Register, exports: ExportService, kept: Path
) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE audit_leaves SET kind = 'case:named' WHERE seq = 39"))
        session.execute(text("DELETE FROM audit_leaves WHERE seq = 50"))
    kept.write_bytes(b"".join(exports.export(dpo(), Wanted()).chunks))
    found = [(one["what"], one["first"], one["last"]) for one in checked(kept)[1]["faults"]]
    assert found == [("leaf-edited", 39, 39), ("leaf-missing", 50, 50)]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_it_needs_nothing_but_python(exports: ExportService, kept: Path, tmp_path: Path) -> None:
    kept.write_bytes(b"".join(exports.export(dpo(), Wanted(opened=ALL_PARTS)).chunks))
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    tool = alone / VERIFIER.name
    tool.write_bytes(VERIFIER.read_bytes())
    held = alone / "checkpoint.txt"
    held.write_bytes(unpacked(kept)["checkpoint.txt"])
    words = [sys.executable, "-I", "-S", *map(str, (tool, kept, "--attendu", held))]
    done = subprocess.run(words, cwd=alone, capture_output=True, text=True, check=False, env={})  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    assert "VERDICT : TOUT CONCORDE." in done.stdout
    assert LEAVES not in done.stdout
    assert [path.name for path in alone.iterdir() if path.is_dir()] == []
