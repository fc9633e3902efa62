"""Loads and saves accounts; opens nothing."""

from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Row, Select, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from casework.accounts.models import AccountRow
from casework.accounts.values import Account, Credentials, Verifier
from casework.db.types import Id


def add_account(session: Session, council_id: UUID, account: Account, now: datetime) -> None:
    """Keep a new account that waits for its activation."""
    session.add(
        AccountRow(
            council_id=council_id,
            id=account.id,
            member_id=account.member_id,
            login=account.login,
            created_at=now,
            totp_step=account.totp_step,
            activation_digest=account.activation_digest,
            activation_until=account.activation_until,
        )
    )
    session.flush()


def account_by_login(session: Session, council_id: UUID, login: str) -> Account | None:
    """Return the account of an identifier."""
    return _account(session, _BY_LOGIN, council=council_id, asked=login)


def account_by_id(session: Session, council_id: UUID, account_id: UUID) -> Account | None:
    """Return an account."""
    return _account(session, _BY_ID, council=council_id, asked=account_id)


def account_of(session: Session, council_id: UUID, member_id: UUID) -> Account | None:
    """Return the account of a member."""
    return _account(session, _OF_MEMBER, council=council_id, asked=member_id)


def set_verifier(session: Session, council_id: UUID, account_id: UUID, verifier: Verifier) -> None:
    """Replace what checks the password."""
    memory_kib, passes, lanes = verifier.cost
    values: dict[str, Any] = {"salt": verifier.salt, "verifier": verifier.check}
    cost = {"memory_kib": memory_kib, "passes": passes, "lanes": lanes}
    under = {"password_key_version": verifier.version}
    _update(session, council_id, account_id, {**values, **cost, **under})


def set_credentials(session: Session, council_id: UUID, own_id: UUID, given: Credentials) -> None:
    """Make an account usable; its activation code is spent."""
    set_verifier(session, council_id, own_id, given.verifier)
    totp: dict[str, Any] = {"totp_sealed": given.totp_sealed, "totp_step": given.totp_step}
    spent = {"activation_digest": None, "activation_until": None}
    _update(session, council_id, own_id, {**totp, **spent})


def set_activation(
    session: Session, council_id: UUID, account_id: UUID, digest: bytes, until: datetime
) -> None:
    """Take every proof from an account; it waits for a new activation."""
    empty: dict[str, Any] = dict.fromkeys(
        ("salt", "verifier", "memory_kib", "passes", "lanes", "totp_sealed")
    )
    waiting: dict[str, Any] = {"activation_digest": digest, "activation_until": until}
    _update(session, council_id, account_id, {**empty, **waiting})


def key_versions(session: Session, council_id: UUID) -> dict[int, int]:
    """Return how many passwords were stretched under each version of the server's part."""
    row = AccountRow
    counted = (
        select(row.password_key_version, func.count())
        .where(row.council_id == council_id, row.verifier.is_not(None))
        .group_by(row.password_key_version)
    )
    return dict(session.execute(counted).all())


def spend_step(session: Session, council_id: UUID, account_id: UUID, step: int) -> bool:
    """Use a half minute's code up; say whether nobody had used it, or a later one."""
    row = AccountRow
    fresh = (row.council_id == council_id, row.id == account_id, row.totp_step < step)
    found = session.execute(update(row).where(*fresh).values(totp_step=step).returning(row.id))
    return found.first() is not None


def _account(session: Session, chosen: Select[*tuple[Any, ...]], **asked: object) -> Account | None:
    session.flush()
    row = session.connection().execute(chosen, asked).first()
    return None if row is None else _value(row)


def _value(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(
        id=row.id,
        member_id=row.member_id,
        login=row.login,
        verifier=_verifier(row),
        totp_sealed=row.totp_sealed,
        totp_step=row.totp_step,
        activation_digest=row.activation_digest,
        activation_until=row.activation_until,
    )


def _verifier(row: Row[*tuple[Any, ...]]) -> Verifier | None:
    if row.salt is None or row.verifier is None:
        return None
    cost = (row.memory_kib or 0, row.passes or 0, row.lanes or 0)
    return Verifier(row.salt, row.verifier, cost, row.password_key_version)


def _update(session: Session, council_id: UUID, own_id: UUID, values: dict[str, Any]) -> None:
    chosen = (AccountRow.council_id == council_id, AccountRow.id == own_id)
    session.execute(update(AccountRow).where(*chosen).values(values))


# Built once, and asked of the connection itself: whoever signs in waits for the answer.
_ACCOUNTS: Final = cast("Table", AccountRow.__table__)
_OF_COUNCIL: Final = select(*_ACCOUNTS.c).where(
    _ACCOUNTS.c.council_id == bindparam("council", type_=Id)
)
_BY_LOGIN: Final = _OF_COUNCIL.where(_ACCOUNTS.c.login == bindparam("asked"))
_BY_ID: Final = _OF_COUNCIL.where(_ACCOUNTS.c.id == bindparam("asked", type_=Id))
_OF_MEMBER: Final = _OF_COUNCIL.where(_ACCOUNTS.c.member_id == bindparam("asked", type_=Id))
