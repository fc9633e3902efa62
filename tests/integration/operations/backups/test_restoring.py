"""What was lost comes back whole, where nothing is, and opens for whom it opened before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from casework.crypto import age
from casework.db.model import KeyStoreModel, Model
from casework.errors import AccessDenied, CaseworkError, InvalidInput, Misconfigured, SealBroken
from casework.identity import Reason
from casework.keys.checking import FaultKind
from casework.keys.kek.file_keys import create_file_key
from casework.operations.backups.copies import Copy
from casework.operations.backups.restoring import Restored, known_copies, put_back, restore
from casework.operations.instance import Instance, open_instance
from casework.operations.jobs import mend
from casework.operations.schema import Schema
from casework.settings import Settings
from casework.stores import open_stores
from tests.founding import Rows, rows_of
from tests.integration.operations.backups.conftest import Kept, another_place, lines
from tests.staff import employ

IN_FILES = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@pytest.fixture
def place(kept: Kept, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    with another_place(kept, request, tmp_path / "elsewhere") as settings:
        yield settings


@contextmanager
def opened(settings: Settings, kept: Kept) -> Iterator[Instance]:
    found = open_instance(settings, kept.edges)
    yield found
    found.close()


def restored(settings: Settings, kept: Kept, *copies: Copy) -> Restored:
    return restore(settings, kept.edges, copies, kept.identity, "root")


def damaged(copy: Copy, folder: Path, at: int) -> Copy:
    """Return the same copy with one byte changed on its way."""
    content = bytearray(copy.path.read_bytes())
    content[at] ^= 1
    path = folder / copy.path.name
    path.write_bytes(content)
    return replace(copy, path=path)


def sealed_rows(rows: Rows) -> Rows:
    """Return what there is beside the register, which goes on after the copy."""
    return [(table, found) for table, found in rows if not table.name.startswith("audit_")]


def test_every_row_comes_back_as_it_was(kept: Kept, place: Settings) -> None:
    kept.town.refer()
    copies, stores = kept.copies(), kept.instance.stores
    main = rows_of(stores.main, Model.metadata)
    keys = rows_of(stores.keystore_database, KeyStoreModel.metadata)
    put_back(place, kept.edges, copies, kept.identity)
    with open_stores(place, kept.edges) as found:
        again = rows_of(found.main, Model.metadata)
        assert sealed_rows(again) == sealed_rows(main)
        assert rows_of(found.keystore_database, KeyStoreModel.metadata) == keys
    register = {table.name: rows for table, rows in again}["audit_leaves"]
    whole = {table.name: rows for table, rows in main}["audit_leaves"]
    assert register == whole[: len(register)]
    assert len(whole) == len(register) + 1


def test_the_case_opens_for_its_members_and_for_nobody_else(kept: Kept, place: Settings) -> None:
    case_id = kept.town.refer()
    done = restored(place, kept, *kept.copies())
    assert done.findings is not None
    assert done.findings.faults == ()
    with opened(place, kept) as again:
        assert lines(again)[-1] == ("backup:restored", "allowed")
        case = again.cases.read(kept.town.who("coordination"), Reason.DUTY, case_id)
        with pytest.raises(AccessDenied):
            again.cases.read(kept.town.who("police"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.given_name == "Maïlys"


def test_sessions_of_then_are_ended(kept: Kept, place: Settings) -> None:
    staff = employ(kept.town)
    staff.enrol("police")
    secret = staff.session("police").secret
    copies = kept.copies()
    assert kept.instance.account_services.sessions.session_of(secret) is not None
    restored(place, kept, *copies)
    with opened(place, kept) as again:
        assert again.account_services.sessions.session_of(secret) is None


def test_while_one_database_lacks_nothing_is_said_to_belong_together(
    kept: Kept, place: Settings
) -> None:
    main, keys = kept.copies()
    assert restored(place, kept, main).findings is None
    assert restored(place, kept, keys).findings is not None


def test_what_was_erased_since_opens_nothing_and_is_erased_again(
    kept: Kept, place: Settings
) -> None:
    case_id = kept.town.refer()
    (main, _) = kept.copies()
    kept.forget(case_id)
    here = replace(place, keystore_url=kept.settings.keystore_url)
    done = restored(here, kept, main)
    assert done.findings is not None
    assert [one.kind for one in done.findings.faults] == [FaultKind.RETURNED]
    with opened(here, kept) as again:
        case = again.cases.read(kept.town.who("coordination"), Reason.DUTY, case_id)
        assert case.subject is not None
        assert not case.subject.family_name
        mend(again)
        with pytest.raises(AccessDenied):
            again.cases.read(kept.town.who("coordination"), Reason.DUTY, case_id)


def test_where_a_database_still_is_nothing_is_put_back(kept: Kept) -> None:
    copies = kept.copies()
    with pytest.raises(Misconfigured, match=r"move .* away first|holds tables"):
        restored(kept.settings, kept, *copies)
    kept.town.refer()


@IN_FILES
def test_what_a_killed_restore_left_does_not_stand_in_the_way(kept: Kept, place: Settings) -> None:
    file = Path(place.database_url.removeprefix("sqlite:///"))
    begun = file.with_name(f".{file.name}.part")
    begun.write_bytes(b"half")
    assert restored(place, kept, *kept.copies()).findings is not None
    assert not begun.exists()


@IN_FILES
def test_what_an_old_file_left_beside_it_stands_in_the_way(kept: Kept, place: Settings) -> None:
    Path(f"{place.database_url.removeprefix('sqlite:///')}-wal").touch()
    with pytest.raises(Misconfigured, match="-wal away first"):
        restored(place, kept, *kept.copies())


@pytest.mark.parametrize("at", [40, 400, -40])
def test_a_copy_damaged_anywhere_leaves_an_empty_place(
    kept: Kept, place: Settings, tmp_path: Path, at: int
) -> None:
    main, keys = kept.copies()
    with pytest.raises(CaseworkError, match=r"damaged|another identity"):
        restored(place, kept, damaged(keys, tmp_path, at))
    assert restored(place, kept, main, keys).findings is not None


def test_another_identity_opens_no_copy(kept: Kept, place: Settings) -> None:
    copies, (foreign, _) = kept.copies(), age.draw_identity()
    with pytest.raises(SealBroken, match="another identity"):
        restore(place, kept.edges, copies, foreign, "root")


@IN_FILES
def test_a_copy_of_other_keys_than_those_of_this_home_is_refused(
    kept: Kept, place: Settings
) -> None:
    copies, stores = kept.copies(), kept.instance.stores
    stores.key_path("main.key").unlink()
    create_file_key(stores.provider, stores.key_path("main.key"), kept.edges.entropy)
    with pytest.raises(SealBroken, match="other keys than those in secrets/"):
        restored(place, kept, *copies)
    assert not Path(place.database_url.removeprefix("sqlite:///")).exists()


def test_a_file_of_another_name_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        known_copies([tmp_path / "casework.db"])
    assert known_copies([]) == []
    assert list(Schema) == [Schema.MAIN, Schema.KEYSTORE]
