"""Copies are made while people work, and each goes where it ought to."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from casework.crypto import age
from casework.errors import CopyFailed, Misconfigured, Unavailable
from casework.operations.backups import creating
from casework.operations.backups.copies import begun_in, copies_in, digest_of
from casework.operations.backups.creating import create
from casework.operations.cluster import find
from casework.operations.instance import Instance
from casework.operations.schema import Schema
from tests.integration.operations.backups.conftest import ROOT, Kept
from tests.planted import Planted
from tests.town import COUNCIL


def test_each_database_has_a_sealed_copy_in_its_own_folder_for_its_owner_alone(kept: Kept) -> None:
    done = create(kept.instance, ROOT)
    for one, folder, schema in zip(done.made, kept.folders, Schema, strict=True):
        assert copies_in(folder, schema, COUNCIL) == [one.copy]
        assert [file.name for file in folder.iterdir()] == [one.copy.path.name]
        assert one.copy.path.read_bytes().startswith(b"age-encryption.org/v1\n")
        assert one.copy.path.stat().st_mode & 0o077 == 0
        assert (one.digest, one.size) == (digest_of(one.copy.path), one.copy.path.stat().st_size)


def test_the_main_database_is_copied_before_the_key_store_and_members_write_meanwhile(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal, written = age.seal, []

    def noted(*given: Any) -> None:
        written.append([len(list(folder.glob("*.age"))) for folder in kept.folders])
        kept.town.refer()
        seal(*given)

    monkeypatch.setattr(age, "seal", noted)
    kept.copies()
    assert written == [[0, 0], [1, 0]]


def test_a_run_that_fails_leaves_neither_half_a_copy_nor_a_snapshot(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("no room")

    monkeypatch.setattr(age, "seal", full)
    with pytest.raises(CopyFailed, match="the main database: no room"):
        create(kept.instance, ROOT)
    left = [one for folder in kept.folders for one in folder.iterdir()]
    assert left + list((kept.settings.home / "run").iterdir()) == []


def test_a_disk_that_is_not_mounted_is_named(kept: Kept) -> None:
    kept.folders[1].rmdir()
    with pytest.raises(Misconfigured, match=f"{kept.folders[1]} is not there"):
        create(kept.instance, ROOT)
    assert list(kept.folders[0].iterdir()) == []


def test_a_mistyped_recipient_is_told_before_anything_is_copied(kept: Kept) -> None:
    assert kept.settings.backups is not None
    backups = replace(kept.settings.backups, recipients=("age1" + "q" * 58,))
    settings = replace(kept.settings, backups=backups)
    with pytest.raises(Misconfigured, match="typing mistake"):
        create(Instance(settings, kept.instance.stores, kept.edges, COUNCIL), ROOT)


def test_a_disk_that_is_nearly_full_is_left_alone(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise Unavailable("less than 10% of the disk is free")

    monkeypatch.setattr(creating, "require_room", full)
    with pytest.raises(CopyFailed, match="the main database: less than 10%"):
        create(kept.instance, ROOT)


def test_what_a_killed_run_left_does_not_stand_in_the_way(kept: Kept) -> None:
    backups = kept.settings.backups
    assert backups is not None
    left = [begun_in(backups, schema, COUNCIL) for schema in Schema]
    if not kept.instance.stores.main.on_postgresql:
        left += [kept.settings.home / "run" / f"{schema.value}.copy" for schema in Schema]
    for one in left:
        one.write_bytes(b"half")
    kept.copies()
    assert [one for one in left if one.exists()] == []


def test_opened_by_its_identity_a_copy_still_tells_nothing_of_a_case(kept: Kept) -> None:
    kept.town.refer()
    told = Planted.of(["Zéphirinquois", "Maïlys", "Hêtres-Bavards", "Corbinguy", "demi-journées"])
    for one in kept.copies():
        opened = io.BytesIO()
        with one.path.open("rb") as source:
            age.unseal(source, opened, kept.identity)
        assert told.found_in(_in_clear(opened.getvalue())) == []


def _in_clear(content: bytes) -> bytes:
    """Return what a copy holds: an archive of PostgreSQL is compressed."""
    if not content.startswith(b"PGDMP"):
        return content
    command = [str(find("pg_restore")), "--file=-"]
    found = subprocess.run(command, input=content, capture_output=True, check=True)  # noqa: S603 - ours
    assert b"COPY public." in found.stdout
    return found.stdout


def test_a_place_that_cannot_be_written_is_named(kept: Kept) -> None:
    backups = kept.settings.backups
    assert backups is not None
    begun_in(backups, Schema.MAIN, COUNCIL).mkdir()
    with pytest.raises(CopyFailed, match=r"the main database: .*Is a directory: .*\.part"):
        create(kept.instance, ROOT)


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_what_the_program_of_the_database_complains_of_is_told(kept: Kept) -> None:
    settings = replace(kept.settings, keystore_url=f"{kept.settings.keystore_url}_gone")
    instance = Instance(settings, kept.instance.stores, kept.edges, COUNCIL)
    with pytest.raises(CopyFailed, match=r"pg_dump: error: .* does not exist"):
        create(instance, ROOT)
    assert list(kept.folders[1].iterdir()) == []


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_the_program_by_hand_refuses_the_owner_of_the_tables(kept: Kept) -> None:
    owned = make_url(kept.settings.migration_url).set(drivername="postgresql")
    address = owned.render_as_string(hide_password=False)
    command = [str(find("pg_dump")), address]
    found = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - ours
    assert found.returncode == 1
    assert b"row-level security" in found.stderr
