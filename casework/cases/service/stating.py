"""Why somebody opens one case: typed, kept beside the register, for half an hour."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.accounts.policy import require_words
from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway import stating as gateway
from casework.cases.gateway.admission import Admission
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.identity import Principal, Reason

_READ: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)


@dataclass(frozen=True, slots=True)
class StatingService:
    """One case at a time: to state why for another ends what was stated before."""

    ledger: Ledger
    admission: Admission
    typed: TypedReasons

    def state(self, who: Principal, reason: Reason, case_id: UUID, words: str) -> None:
        """Keep why somebody opens a case that they may read.

        Raises `AccessDenied` for any other case, `InvalidInput` for words that do not do.
        """
        with self.ledger.begin(who, reason) as work:
            shown = self.admission.reading(work, case_id, _READ)
            require_words(words)
            words_id = self.typed.keep(work, words, of_case=True)
            gateway.state(work, case_id, words_id)
            article = shown.decision.article or None
            detail = {"words": words_id}
            work.record(Entry(Act.REASON_TYPED, case_id=case_id, article=article, detail=detail))
