"""Attacks act in the same small town as the integration tests, and on exports of one register."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.audit.export.service import ExportService
from casework.audit.export.wanted import ALL_PARTS, Wanted
from casework.audit.lines import Asked
from casework.db.connect import connect
from tests.conftest import FILE_KEY
from tests.fakes_audit import id_of
from tests.integration.accounts.conftest import staff
from tests.integration.conftest import confidants, families, network, office, scene, town
from tests.integration.presence.conftest import neighbours
from tests.register import dpo, open_register

__all__ = ["confidants", "families", "neighbours", "network", "office", "scene", "staff", "town"]


@pytest.fixture(scope="session")
def honest(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder with three exports of one register: whole, its end, and a few lines."""
    folder = tmp_path_factory.mktemp("exports")
    shutil.copy(sqlite_template, folder / "casework.db")
    database = connect(f"sqlite:///{folder / 'casework.db'}", FILE_KEY)
    register = open_register(database)
    for batch in (1, 64, 35):
        register.read_together(batch)
    exports = ExportService(database, register.ledger, register.keyring, register.clock)
    asked = Asked(member_id=id_of("dominique"))
    for name, wanted in {
        "whole": Wanted(opened=ALL_PARTS),
        "end": Wanted(first=37),
        "few": Wanted(asked, opened=ALL_PARTS),
    }.items():
        chunks = exports.export(dpo(), wanted).chunks
        (folder / f"{name}.zip").write_bytes(b"".join(chunks))
    yield folder
    database.engine.dispose()
