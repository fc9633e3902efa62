"""Handing the newest checkpoint to others, once a day, and keeping what they gave back."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from casework.audit.actions import Act, Outcome
from casework.audit.anchors.anchor import Anchor, AnchorKind
from casework.audit.anchors.ports import Outside, Witness
from casework.audit.checkpoint import short_code
from casework.audit.entry import Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger, scope_of
from casework.audit.proof import consistency_proof
from casework.clock import Clock
from casework.db.engine import Database
from casework.errors import IntegrityFailure, SealBroken, Unavailable
from casework.identity import Principal, Reason
from casework.moments import to_micros
from casework.sentences import N_

_ONE_DAY: Final = timedelta(hours=20)  # a pass may come a little earlier than the one before
_logger: Final = logging.getLogger("casework.anchors")
_SUBJECT: Final = N_("Registre : point de contrôle à %(size)d lignes")
_WHY: Final = N_(
    "Gardez ce message. Il ne contient aucun nom. S’il fallait un jour prouver que le registre "
    "d’accès n’a pas été récrit, ces lignes y suffiraient."
)
_CODE: Final = N_("Code court : %(code)s")
_Way = tuple[AnchorKind, str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Anchors of the register of one council."""

    database: Database
    ledger: Ledger
    outside: Outside
    clock: Clock

    def run(self, principal: Principal) -> int:
        """Hand the register to everybody who has not had it for a day; return to how many.

        What fails raises `Unavailable` at the end, so that the job comes again; it is recorded
        beside what was made, not by itself each time.
        """
        if not (self.outside.mailer or self.outside.stamper or self.outside.witnesses):
            return 0
        size = self.ledger.checkpoint(principal.council_id)
        with self.database.reading(scope_of(principal)) as session:
            gateway = RegisterGateway(session, principal.council_id)
            note, anchors = gateway.notes(size)[-1].note, gateway.anchors()
        since = to_micros(self.clock.now() - _ONE_DAY)
        recent = {(one.kind, one.giver) for one in anchors if one.at > since}
        ways = [way for way in self._ways(principal, size, note) if way[:2] not in recent]
        made = [self._anchored(size, *way) for way in ways]
        if any(made):
            self._keep(principal, size, [one for one in made if one], len(made))
        if None in made:
            raise Unavailable("somebody could not be handed the checkpoint", after=300)
        return len(made)

    def _ways(self, principal: Principal, size: int, note: str) -> Iterator[_Way]:
        mailer, stamper = self.outside.mailer, self.outside.stamper
        if mailer:
            by = f"{mailer.recipients} recipients"
            yield AnchorKind.MAIL, by, lambda: mailer.send(*letter(size, note)).encode()
        if stamper:
            yield AnchorKind.TIME_STAMP, stamper.name, lambda: stamper.stamp(note.encode())
        for witness in self.outside.witnesses:
            ask = partial(self._cosigned, principal, witness, size, note)
            yield AnchorKind.COSIGNATURE, witness.name, ask

    def _anchored(
        self, size: int, kind: AnchorKind, by: str, ask: Callable[[], bytes]
    ) -> Anchor | None:
        try:
            content = ask()
        except (Unavailable, SealBroken, IntegrityFailure) as fault:
            _logger.warning("anchor %s failed: %s", kind, fault.code)
            return None
        return Anchor(size, kind, by, to_micros(self.clock.now()), content)

    def _cosigned(self, principal: Principal, witness: Witness, size: int, note: str) -> bytes:
        """Ask from nothing; a witness that knows a size is asked again with a proof from there."""
        answer = witness.submit(0, [], note)
        if isinstance(answer, int):
            answer = witness.submit(answer, self._proof(principal, answer, size), note)
        if isinstance(answer, int):
            raise Unavailable("the witness knows another size than it says")
        return witness.cosigned(note, answer).encode()

    def _proof(self, principal: Principal, old: int, size: int) -> list[bytes]:
        if old > size:
            raise IntegrityFailure("a witness saw a longer register than there is")
        if old in {0, size}:
            return []
        with self.database.reading(scope_of(principal)) as session:
            gateway = RegisterGateway(session, principal.council_id)
            return gateway.from_nodes(partial(consistency_proof, old, size))

    def _keep(self, principal: Principal, size: int, anchors: list[Anchor], asked: int) -> None:
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            RegisterGateway(work.session, principal.council_id).add_anchors(anchors)
            kinds = {f"kind{number}": one.kind for number, one in enumerate(anchors)}
            outcome = Outcome.ALLOWED if len(anchors) == asked else Outcome.FAILED
            work.record(
                Entry(
                    Act.REGISTER_ANCHORED,
                    outcome=outcome,
                    detail={"size": size, "asked": asked, **kinds},
                )
            )


def letter(size: int, note: str) -> tuple[str, str]:
    """Return the subject and the text of a letter: the checkpoint, and nothing of a case."""
    text = f"{_WHY}\n\n{note}\n{_CODE % {'code': short_code(note)}}\n"
    return _SUBJECT % {"size": size}, text
