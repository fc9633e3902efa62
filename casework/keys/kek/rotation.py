"""Another version of the KEK, or another holder: everything it wraps is wrapped anew.

Nothing that a wrap holds changes, so no service stops. Cut anywhere and begun again, it goes on
where it stood: each wrap is replaced whole, and the older version opens what is still to do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.db.engine import Database, Scope
from casework.errors import Conflict, Misconfigured, SealBroken
from casework.identity import Principal, Reason
from casework.keys.gateway.wraps import keep_wraps_still, kek_seals, swap_seal
from casework.keys.kek.file_keys import file_key_version, rewrap_file_key
from casework.keys.kek.provider import KekProvider, version_of
from casework.keys.seals import kek_parts
from casework.keys.secrets import secret_context, swap_secret, wrapped_secrets

_MOST_PASSES: Final = 5


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How a rotation ended: the version, how much was wrapped anew, and what does not open."""

    version: int
    secrets: int
    seals: int
    files: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wrap:
    """Something the KEK wraps in the database, and how another wrap takes its place."""

    kind: str
    name: str
    context: bytes
    wrapped: bytes = field(repr=False)
    swap: Callable[[Session, bytes], bool] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KekRotation:
    """Rotates the KEK of an instance, and moves it from one holder to another."""

    ledger: Ledger
    database: Database
    provider: KekProvider
    files: Sequence[Path]

    def rotate(self, who: Principal) -> Rewrapped:
        """Draw a version, unless an earlier rotation is not finished, and wrap all under it."""
        # Read in this order, two processes that rotate at once draw one version together.
        newest = self.provider.current_version()
        if not self.waiting(who.council_id):
            self.provider.draw(newest)
        return self.rewrap(who)

    def rewrap(self, who: Principal) -> Rewrapped:
        """Wrap all that is not yet under the newest version; what does not open stays and is told.

        Raises `Conflict` when others keep changing the same wraps.
        """
        files, broken = self._rewrap_files()
        for _ in range(_MOST_PASSES):
            changes, closed = self._changes(who.council_id)
            with self.ledger.begin(who, Reason.OPERATION) as work:
                moved = [wrap.kind for wrap, fresh in changes if wrap.swap(work.session, fresh)]
                done = Rewrapped(
                    version=self.provider.current_version(),
                    secrets=moved.count("secret"),
                    seals=moved.count("seal"),
                    files=files,
                    broken=(*broken, *closed),
                )
                work.record(Entry(Act.KEY_ROTATED, detail=_detail(done)))
            if len(moved) == len(changes):
                return done
        raise Conflict

    def waiting(self, council_id: UUID) -> int:
        """Return how much is wrapped under another version than the newest."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return self._waiting(session, council_id)

    def retire(self, who: Principal) -> int:
        """Forget the older versions, for good; return how many.

        Raises `Misconfigured` while anything is wrapped under one of them.
        """
        self._note(who, "retiring", len(self.provider.versions()) - 1)
        with self.ledger.begin(who, Reason.OPERATION) as work:
            keep_wraps_still(work.session)
            if self._waiting(work.session, who.council_id):
                raise Misconfigured(
                    ["something is under an older version of the KEK: casework keys rotate kek"]
                )
            retired = self.provider.retire()
            work.record(Entry(Act.KEY_ROTATED, detail=_step("retired", retired)))
        return retired

    def _note(self, who: Principal, step: str, versions: int) -> None:
        with self.ledger.begin(who, Reason.OPERATION) as work:
            work.record(Entry(Act.KEY_ROTATED, detail=_step(step, versions)))

    def _waiting(self, session: Session, council_id: UUID) -> int:
        newest = self.provider.current_version()
        versions = [version_of(wrap.wrapped) for wrap in _wraps(session, council_id)]
        versions += [file_key_version(path) for path in self.files]
        return sum(version != newest for version in versions)

    def _rewrap_files(self) -> tuple[int, list[str]]:
        moved, broken = 0, []
        for path in self.files:
            try:
                moved += rewrap_file_key(self.provider, path)
            except SealBroken:
                broken.append(path.name)
        return moved, broken

    def _changes(self, council_id: UUID) -> tuple[list[tuple[_Wrap, bytes]], list[str]]:
        """Return the wraps to replace, made before any transaction waits for them."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            found = list(_wraps(session, council_id))
        changes, broken = [], []
        for wrap in found:
            try:
                fresh = self.provider.rewrap(wrap.wrapped, wrap.context)
            except SealBroken:
                broken.append(wrap.name)
                continue
            if fresh != wrap.wrapped:
                changes.append((wrap, fresh))
        return changes, broken


def _wraps(session: Session, council_id: UUID) -> Iterator[_Wrap]:
    """Give everything that the KEK wraps in the main database."""
    for row, wrapped in wrapped_secrets(session, council_id).items():
        swap = partial(_swap_secret, council_id, row, wrapped)
        yield _Wrap("secret", row, secret_context(row), wrapped, swap)
    for place, sealed in kek_seals(session, council_id):
        acting, version = place[:2], place[2]
        front, wrapped, context = kek_parts(sealed, acting, version)
        name = f"{acting[1]}.{version}"
        yield _Wrap("seal", name, context, wrapped, partial(_swap_body, place, sealed, front))


def _swap_secret(council_id: UUID, row: str, before: bytes, session: Session, fresh: bytes) -> bool:
    return swap_secret(session, council_id, row, before, fresh)


def _swap_body(
    place: tuple[UUID, UUID, int], sealed: bytes, front: bytes, session: Session, fresh: bytes
) -> bool:
    return swap_seal(session, place, sealed, front + fresh)


def _detail(done: Rewrapped) -> Detail:
    return {
        "kind": "kek",
        "version": done.version,
        "secrets": done.secrets,
        "seals": done.seals,
        "files": done.files,
        "broken": len(done.broken),
    }


def _step(step: str, versions: int) -> Detail:
    return {"kind": "kek", "step": step, "versions": versions}
