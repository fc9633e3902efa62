"""Starts units of work, and nothing else does: no transaction without a principal and a trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.append import Appender, Prepared
from casework.audit.compose import Batch
from casework.audit.entry import CHARTER_TEXT, CITED, Detail, Entry, is_article, is_code
from casework.audit.ports import RegisterKeyring
from casework.audit.receipt import Committed, issue
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope, connection_of
from casework.entropy import Entropy
from casework.errors import (
    AccessDenied,
    AuditGap,
    CaseworkError,
    CustodyRefused,
    InputRefused,
    IntegrityFailure,
)
from casework.identity import Principal, PrincipalKind, Reason


class Ledger:
    """Lends sessions, keeps the trail, and issues receipts after the commit."""

    def __init__(
        self, database: Database, keyring: RegisterKeyring, clock: Clock, entropy: Entropy
    ) -> None:
        """Hold the only way into `database`."""
        self._database = database
        self._clock = clock
        self._appender = Appender(keyring, clock, entropy)

    @contextmanager
    def begin(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Write: what the block changes and its leaves are committed together when it ends.

        Without a record: AuditGap. On AccessDenied, CustodyRefused, InputRefused and
        IntegrityFailure only the record of that remains. When the trail cannot be written:
        Unavailable. In all of them nothing of the block is kept.
        """
        work = Work(principal, reason, self._clock.now())
        with (
            self._refusals_kept(work),
            self._database.writing(scope_of(principal)) as session,
            _lent(work, session),
        ):
            yield work
            prepared = self._prepared(work)
            session.flush()
            done = self._append(connection_of(session), work, prepared)
        work.settle(issue(done))

    @contextmanager
    def consult(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Read: the block sees one snapshot; its leaves follow in a short write of their own.

        Open sealed values only after the block, with `work.receipt`. Errors as for `begin`.
        """
        work = Work(principal, reason, self._clock.now())
        with self._refusals_kept(work):
            with self._database.reading(scope_of(principal)) as session, _lent(work, session):
                yield work
            done = self._write_down(work)
        work.settle(issue(done))

    def checkpoint(self, council_id: UUID) -> int:
        """Sign the head of a register now, as the regular job does; return its size."""
        with self._database.appending(Scope(council_id, whole=True)) as connection:
            return self._appender.checkpoint(connection, council_id)

    @contextmanager
    def _refusals_kept(self, work: Work) -> Iterator[None]:
        """Record a refusal once the refused work is rolled back, so that it survives.

        And what contradicts itself, when a person meets it: jobs, which try again, log it.
        """
        try:
            yield
        except (AccessDenied, CustodyRefused) as denied:
            self._write_down(_again(work), _refusal(denied))
            raise
        except InputRefused as refused:
            codes = {"wanted": refused.wanted, "code": refused.reason}
            self._write_down(_again(work), _refused(codes))
            raise
        except IntegrityFailure as failure:
            if work.principal.kind is not PrincipalKind.SERVICE:
                # Where the register itself is at fault there is nothing to write in.
                with suppress(CaseworkError):
                    self._write_down(_again(work), _contradiction(failure))
            raise

    def _write_down(self, work: Work, *more: Entry) -> Committed:
        """Append in a write transaction that does nothing else."""
        prepared = self._prepared(work, *more)
        with self._database.appending(scope_of(work.principal)) as connection:
            return self._append(connection, work, prepared)

    def _prepared(self, work: Work, *more: Entry) -> Prepared:
        entries = (*work.entries, *more)
        if not entries:
            raise AuditGap("a unit of work ended without a record")
        return self._appender.prepare(Batch(work.principal, work.reason, entries, work.digests))

    def _append(self, connection: Connection, work: Work, prepared: Prepared) -> Committed:
        seqs, at = self._appender.conclude(connection, prepared)
        return _committed(work, seqs, at)


def scope_of(principal: Principal) -> Scope:
    """Return the rows a principal's transactions may touch; jobs and operators see dates of all."""
    whole = principal.kind in {PrincipalKind.OPERATOR, PrincipalKind.SERVICE}
    return Scope(principal.council_id, principal.organisation_id, whole)


@contextmanager
def _lent(work: Work, session: Session) -> Iterator[None]:
    work.lend(session)
    try:
        yield
    finally:
        work.end()


def _committed(work: Work, seqs: tuple[int, ...], at: datetime) -> Committed:
    principal = work.principal
    allowed = [one for one in work.entries if one.outcome is Outcome.ALLOWED]
    return Committed(
        principal.council_id,
        principal.member_id,
        principal.organisation_id,
        seqs,
        frozenset(one.act for one in allowed),
        frozenset(key for one in allowed for key in (*one.compartments, *(one.scanned or ()))),
        at,
        principal.own_keys,
    )


def _refusal(denied: AccessDenied | CustodyRefused) -> Entry:
    """Return the entry of a refusal; what is not a code is left out rather than lost with it."""
    codes = {"wanted": denied.wanted, "code": denied.reason}
    if isinstance(denied, AccessDenied) and denied.charter:
        codes[CHARTER_TEXT] = denied.charter[:CITED]
    return replace(
        _refused(codes),
        case_id=_id_in(denied.subject),
        article=denied.article if is_article(denied.article or "") else None,
    )


def _refused(codes: Mapping[str, str]) -> Entry:
    detail: Detail = {one: code if is_code(code) else "unlisted" for one, code in codes.items()}
    return Entry(Act.ACCESS_REFUSED, outcome=Outcome.REFUSED, detail=detail)


def _contradiction(failure: IntegrityFailure) -> Entry:
    code = str(failure).replace(" ", "-")
    detail: Detail = {"fault": code if is_code(code) else "unlisted"}
    return Entry(Act.INTEGRITY_FAILED, outcome=Outcome.FAILED, detail=detail)


def _again(work: Work) -> Work:
    return Work(work.principal, work.reason, work.now)


def _id_in(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None
