"""The KEK rotated and moved: everything opens before, during and after, whoever cuts in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.audit.ledger import Ledger
from casework.db.engine import Scope
from casework.errors import Misconfigured, SealBroken
from casework.identity import operator
from casework.keys.custody import Custody
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.file_keys import create_file_key, load_file_key
from casework.keys.kek.moving import MovingKek
from casework.keys.kek.provider import KekProvider, version_of
from casework.keys.kek.rotation import KekRotation
from casework.keys.secrets import InstanceSecrets, SecretName
from casework.keys.values import Acting
from tests.fakes import CountingEntropy
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "founder")
WHOLE = Scope(COUNCIL, whole=True)
WRAPS = (
    "SELECT wrapped FROM instance_secrets",
    "SELECT sealed FROM organisation_seals WHERE holder = 'kek'",
)


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    return tmp_path / "kek"


@pytest.fixture
def files(town: Town, tmp_path: Path) -> list[Path]:
    """Give the wrapped keys of two databases."""
    made = [tmp_path / "secrets" / name for name in ("main.key", "keystore.key")]
    for path in made:
        create_file_key(town.runtime.stores.provider, path, CountingEntropy(5))
    return made


@pytest.fixture
def rotation(town: Town, files: list[Path]) -> KekRotation:
    runtime = town.runtime
    return KekRotation(runtime.ledger, runtime.stores.main, runtime.stores.provider, tuple(files))


def opened(town: Town, provider: KekProvider) -> dict[str, bytes]:
    """Open everything the KEK wraps, as a process that has just started would."""
    fresh = InstanceSecrets(town.runtime.stores.main, provider, COUNCIL)
    found = {name.value: fresh.of(name) for name in SecretName}
    runtime = town.runtime
    directory = runtime.custody.directory
    custody = Custody(runtime.stores.main, provider, directory, runtime.edges.clock)
    for body, own_id in town.bodies.items():
        found[body] = custody.keys_of(Acting(COUNCIL, own_id), 1).kid
    return found


def versions(town: Town) -> set[int]:
    with town.runtime.stores.main.reading(WHOLE) as session:
        secrets, seals = (list(session.scalars(text(wraps))) for wraps in WRAPS)
    return {version_of(one) for one in secrets} | {version_of(one[6:]) for one in seals}


def test_after_a_rotation_all_is_under_the_new_version_and_opens_as_before(
    town: Town, rotation: KekRotation, key_path: Path, files: list[Path]
) -> None:
    before = opened(town, rotation.provider)
    keys = [load_file_key(rotation.provider, path) for path in files]
    done = rotation.rotate(ROOT)
    assert (done.version, done.secrets, done.seals, done.files) == (
        2,
        len(SecretName),
        len(town.bodies),
        2,
    )
    assert done.broken == ()
    assert versions(town) == {2}
    assert rotation.retire(ROOT) == 1
    alone = FileKek(key_path, CountingEntropy(9))
    assert alone.versions() == (2,)
    assert opened(town, alone) == before
    assert [load_file_key(alone, path) for path in files] == keys


def test_the_register_says_what_was_done_in_counts(town: Town, rotation: KekRotation) -> None:
    rotation.rotate(ROOT)
    rotation.retire(ROOT)
    result = town.runtime.register.verify(ROOT)
    assert result.clean
    with town.runtime.stores.main.reading(WHOLE) as session:
        kinds = list(session.scalars(text("SELECT kind FROM audit_leaves ORDER BY seq")))
    assert kinds[-4:] == ["key:rotated"] * 3 + ["register:verified"]


def test_a_second_rotation_draws_another_version(town: Town, rotation: KekRotation) -> None:
    assert [rotation.rotate(ROOT).version for _ in range(3)] == [2, 3, 4]
    assert rotation.waiting(COUNCIL) == 0
    assert versions(town) == {4}


def test_a_rotation_broken_off_is_finished_and_not_begun_anew(
    town: Town, rotation: KekRotation
) -> None:
    rotation.provider.draw(after=1)
    assert rotation.waiting(COUNCIL) == len(SecretName) + len(town.bodies) + 2
    assert rotation.rotate(ROOT).version == 2
    assert rotation.waiting(COUNCIL) == 0


def test_a_version_still_in_use_is_not_retired(
    town: Town, rotation: KekRotation, key_path: Path
) -> None:
    rotation.provider.draw(after=1)
    with pytest.raises(Misconfigured, match="under an older version"):
        rotation.retire(ROOT)
    assert FileKek(key_path, CountingEntropy()).versions() == (1, 2)
    assert opened(town, rotation.provider)


def test_what_does_not_open_is_named_left_alone_and_keeps_the_old_version(
    town: Town, rotation: KekRotation
) -> None:
    with town.runtime.stores.main.writing(WHOLE) as session:
        session.execute(
            text("UPDATE instance_secrets SET wrapped = :w WHERE name = 'cursors'"),
            {"w": b"\x00\x00\x00\x01" + bytes(61)},
        )
    done = rotation.rotate(ROOT)
    assert done.broken == ("cursors",)
    assert (done.secrets, done.seals) == (len(SecretName) - 1, len(town.bodies))
    with pytest.raises(Misconfigured):
        rotation.retire(ROOT)


def test_a_running_worker_opens_what_was_wrapped_meanwhile(
    town: Town, rotation: KekRotation, key_path: Path
) -> None:
    worker = FileKek(key_path, CountingEntropy(3))
    before = opened(town, worker)
    rotation.rotate(ROOT)
    assert opened(town, worker) == before
    rotation.retire(ROOT)
    assert opened(town, worker) == before


def test_an_old_copy_of_the_database_needs_the_old_key_file(
    rotation: KekRotation, key_path: Path
) -> None:
    kept = FileKek(key_path, CountingEntropy())
    old = kept.wrap(bytes(32), b"purpose")
    copy = key_path.with_name("copy")
    copy.write_bytes(key_path.read_bytes())
    copy.chmod(0o600)
    rotation.rotate(ROOT)
    rotation.retire(ROOT)
    with pytest.raises(SealBroken):
        rotation.provider.unwrap(old, b"purpose")
    assert MovingKek(rotation.provider, FileKek(copy, CountingEntropy())).unwrap(old, b"purpose")


def test_the_kek_moves_to_another_holder_and_the_former_opens_nothing(
    town: Town, rotation: KekRotation, tmp_path: Path, files: list[Path]
) -> None:
    before = opened(town, rotation.provider)
    create_file(tmp_path / "elsewhere" / "kek", CountingEntropy(70))
    target = FileKek(tmp_path / "elsewhere" / "kek", CountingEntropy(71))
    former = FileKek(tmp_path / "kek", CountingEntropy(72))
    moving = replace(rotation, provider=MovingKek(target, former))
    done = moving.rewrap(ROOT)
    assert (done.secrets, done.seals, done.files) == (len(SecretName), len(town.bodies), 2)
    assert opened(town, target) == before
    again = moving.rewrap(ROOT)
    assert (again.secrets, again.seals, again.files, again.broken) == (0, 0, 0, ())
    with pytest.raises(SealBroken):
        opened(town, former)
    with pytest.raises(Misconfigured):
        load_file_key(former, files[0])


@pytest.fixture
def elsewhere(town: Town, files: list[Path], key_path: Path) -> Iterator[KekRotation]:
    """Give the same rotation as another process would begin it."""
    database = town.address.connect()
    ledger = Ledger(database, town.runtime.register_keys, town.clock, CountingEntropy(31))
    yield KekRotation(ledger, database, FileKek(key_path, CountingEntropy(32)), tuple(files))
    database.engine.dispose()


def test_two_that_rotate_at_once_end_well(
    town: Town, rotation: KekRotation, elsewhere: KekRotation, key_path: Path
) -> None:
    before = opened(town, rotation.provider)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda one: one.rotate(ROOT), (rotation, elsewhere)))
    newest = FileKek(key_path, CountingEntropy()).current_version()
    assert newest in {2, 3}
    assert all(done.broken == () for done in both)
    assert versions(town) == {newest}
    assert rotation.retire(ROOT) == newest - 1
    assert opened(town, FileKek(key_path, CountingEntropy())) == before
