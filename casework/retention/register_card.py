"""The keeping of the register as the officer sees it: months in force, their ground, next days."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.forgetting.service import RegisterForgetting, Standing
from casework.charters.charter import Article
from casework.retention.register_terms import RegisterTerms


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """How far the register has forgotten, and the article that justifies its months."""

    standing: Standing
    article: Article | None


@dataclass(frozen=True, slots=True)
class RegisterCards:
    """Makes the card; who may see it is settled, and told, by whoever asks."""

    terms: RegisterTerms
    forgetting: RegisterForgetting

    def of(self, council_id: UUID) -> RegisterCard:
        """Return the card of a council."""
        return RegisterCard(self.forgetting.standing(council_id), self.terms.ground(council_id))
