"""Invented people before an invented case: what the charter in force would answer them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from casework.charters.facts import CaseFacts, Fact, Standing
from casework.charters.vocabulary import PartnerCategory
from casework.identity import Role
from casework.sentences import N_, Sentence


class Tie(StrEnum):
    """What may tie an invented person to an invented case."""

    NAMED = "named"
    LEAD = "lead"
    REFERRER = "referrer"
    ADMITTED = "admitted"
    OWN_COMMUNE = "own_commune"
    ON_AGENDA = "on_agenda"
    IN_MEETING = "in_meeting"
    EXCLUDED = "excluded"


class Stage(StrEnum):
    """Where an invented case has come to."""

    REFERRED = "referred"
    FOLLOWED = "followed"
    CLOSED = "closed"
    SEALED = "sealed"


class Lacking(StrEnum):
    """What an invented person may lack, however named they are."""

    NOTHING = "nothing"
    MANDATE = "mandate"
    CHARTER = "charter"
    UNDERTAKING = "undertaking"


ADMITTING: Final = frozenset({Tie.NAMED, Tie.LEAD, Tie.REFERRER, Tie.ADMITTED})
"""Ties that bring the person's body to the case: it referred, or the group named one of them."""

ROLES: Final[Mapping[Role, Sentence]] = {
    Role.MEMBER: N_("Membre du groupe"),
    Role.COORDINATOR: N_("Coordination"),
    Role.DPO: N_("Protection des données"),
    Role.ARCHIVES: N_("Archives"),
}
TIES: Final[Mapping[Tie, Sentence]] = {
    Tie.NAMED: N_("Nommé pour la situation"),
    Tie.LEAD: N_("Référent de parcours"),
    Tie.REFERRER: N_("A fait la saisine"),
    Tie.ADMITTED: N_("Un collègue de son organisme est nommé"),
    Tie.OWN_COMMUNE: N_("La commune est celle de son organisme"),
    Tie.ON_AGENDA: N_("La situation est à l’ordre du jour"),
    Tie.IN_MEETING: N_("Une séance en cours l’examine"),
    Tie.EXCLUDED: N_("Un lien personnel est déclaré"),
}
STAGES: Final[Mapping[Stage, Sentence]] = {
    Stage.REFERRED: N_("Saisine à l’étude"),
    Stage.FOLLOWED: N_("Suivie"),
    Stage.CLOSED: N_("Close"),
    Stage.SEALED: N_("Scellée"),
}
LACKING: Final[Mapping[Lacking, Sentence]] = {
    Lacking.NOTHING: N_("En règle"),
    Lacking.MANDATE: N_("Mandat échu"),
    Lacking.CHARTER: N_("Charte non signée par son organisme"),
    Lacking.UNDERTAKING: N_("Engagement non signé"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """An invented person and an invented case; nobody's name, and no case of any register."""

    category: PartnerCategory = PartnerCategory.EDUCATION
    role: Role = Role.MEMBER
    ties: frozenset[Tie] = field(default=frozenset({Tie.NAMED}))
    stage: Stage = Stage.FOLLOWED
    lacking: Lacking = Lacking.NOTHING

    @property
    def standing(self) -> Standing:
        """Return what this person would be in the group."""
        return Standing(
            person=True,
            dpo=self.role is Role.DPO,
            archives_officer=self.role is Role.ARCHIVES,
            coordinator=self.role is Role.COORDINATOR,
            mandated=self.lacking is not Lacking.MANDATE,
            charter_signed=self.lacking is not Lacking.CHARTER,
            undertaking_signed=self.lacking is not Lacking.UNDERTAKING,
            category=self.category,
        )

    @property
    def facts(self) -> CaseFacts:
        """Return what would tie this person to the case. The coordination is always admitted."""
        ties = {str(one): True for one in self.ties}
        admitted = self.role is Role.COORDINATOR or bool(self.ties & ADMITTING)
        state = {
            Fact.SEALED: self.stage is Stage.SEALED,
            Fact.RESTRICTED: self.stage is Stage.CLOSED,
            Fact.FOLLOWED: self.stage is Stage.FOLLOWED,
        }
        named = {str(name): holds for name, holds in state.items()}
        return CaseFacts(**{**ties, **named, "admitted": admitted, "in_territory": True})
