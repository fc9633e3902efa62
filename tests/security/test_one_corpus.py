"""The same tampering, found by the service where it is, and by whoever is handed its export."""

from pathlib import Path

import pytest

from casework.audit.export.service import ExportService
from casework.audit.export.wanted import ALL_PARTS, Wanted
from casework.db.engine import Database
from tests.corpus import CORPUS, Tampering
from tests.offline import checked
from tests.register import Register, dpo
from tests.tampering import found, open_honest


def exported(register: Register, path: Path) -> Path:
    made = ExportService(register.database, register.ledger, register.keyring, register.clock)
    path.write_bytes(b"".join(made.export(dpo(), Wanted(opened=ALL_PARTS)).chunks))
    return path


@pytest.mark.parametrize("tampering", CORPUS, ids=[one.word for one in CORPUS])
def test_what_is_done_to_a_register_is_found_here_and_elsewhere(
    database: Database, tmp_path: Path, tampering: Tampering
) -> None:
    register = open_honest(database)
    tampering.do(register)
    here = found(register)
    code, report = checked(exported(register, tmp_path / "export.zip"))
    there = [(one["what"], one["first"], one["last"]) for one in report["faults"]]
    if tampering.here is None:
        assert (here, there, code) == ([], [], 0)
        assert any(tampering.warns in one for one in report["warnings"])
        return
    assert code == 1
    assert (tampering.here, *tampering.place) in here
    assert (tampering.there, *tampering.place) in there
