"""Loads and saves escrows as stored: still to be checked against their seal."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casework.keys.recovery.models import EscrowCustodianRow, EscrowRow, EscrowSubsetRow
from casework.keys.recovery.nested import Places
from casework.keys.recovery.values import Custodian, Escrow


def all_of(session: Session, council_id: UUID) -> list[tuple[Escrow, bytes]]:
    """Return every escrow with its seal, the newest first."""
    row = EscrowRow
    statement = select(row).where(row.council_id == council_id)
    found = session.scalars(statement.order_by(row.created_at.desc(), row.id.desc()))
    return [_loaded(session, one) for one in found]


def one_of(
    session: Session, council_id: UUID, escrow_id: UUID, *, lock: bool = False
) -> tuple[Escrow, bytes] | None:
    """Return an escrow with its seal; with `lock` nobody else changes it meanwhile."""
    place = (council_id, escrow_id)
    row = session.get(EscrowRow, place, with_for_update=lock, populate_existing=True)
    return None if row is None else _loaded(session, row)


def save(session: Session, escrow: Escrow, seal: bytes) -> None:
    """Keep, or replace, an escrow, its custodians and its seal."""
    session.merge(
        EscrowRow(
            council_id=escrow.council_id,
            id=escrow.id,
            threshold=escrow.threshold,
            public=escrow.public,
            decoy_sealed=escrow.decoy_sealed,
            decoy_digest=escrow.decoy_digest,
            created_at=escrow.created_at,
            founded_at=escrow.founded_at,
            retired_at=escrow.retired_at,
            seal=seal,
        )
    )
    session.flush()
    for one in escrow.custodians:
        session.merge(
            EscrowCustodianRow(
                council_id=escrow.council_id,
                escrow_id=escrow.id,
                place=one.place,
                member_id=one.member_id,
                public=one.public,
                drawn_at=one.drawn_at,
            )
        )
    session.flush()


def add_subsets(session: Session, escrow: Escrow, sealed: Mapping[Places, bytes]) -> None:
    """Keep the seed of an escrow, sealed to each choice of custodians."""
    for places, blob in sealed.items():
        row = EscrowSubsetRow(
            council_id=escrow.council_id,
            escrow_id=escrow.id,
            places=_named(places),
            sealed=blob,
        )
        session.add(row)
    session.flush()


def subset(session: Session, escrow: Escrow, places: Places) -> bytes | None:
    """Return the seed of an escrow as sealed to one choice of custodians."""
    row = session.get(EscrowSubsetRow, (escrow.council_id, escrow.id, _named(places)))
    return None if row is None else row.sealed


def drop_subsets(session: Session, escrow: Escrow) -> None:
    """Delete every seal of an escrow's seed: no card opens it any more."""
    row = EscrowSubsetRow
    mine = (row.council_id == escrow.council_id, row.escrow_id == escrow.id)
    session.execute(delete(row).where(*mine))


def _loaded(session: Session, row: EscrowRow) -> tuple[Escrow, bytes]:
    keeper = EscrowCustodianRow
    mine = (keeper.council_id == row.council_id, keeper.escrow_id == row.id)
    columns = (keeper.place, keeper.member_id, keeper.public, keeper.drawn_at)
    kept = session.execute(select(*columns).where(*mine).order_by(keeper.place))
    escrow = Escrow(
        council_id=row.council_id,
        id=row.id,
        threshold=row.threshold,
        custodians=tuple(Custodian(*one) for one in kept),
        created_at=row.created_at,
        public=row.public,
        decoy_sealed=row.decoy_sealed,
        decoy_digest=row.decoy_digest,
        founded_at=row.founded_at,
        retired_at=row.retired_at,
    )
    return escrow, row.seal


def _named(places: Iterable[int]) -> str:
    return ".".join(str(one) for one in places)
