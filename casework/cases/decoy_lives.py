"""What decoys tell: invented, ordinary, and short. Nothing here is anybody's life."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar
from uuid import UUID

from casework.cases.values import NewPerson, NewReferral
from casework.entropy import Entropy

T = TypeVar("T")

_FAMILY: Final = (
    "Aubrenne", "Baudival", "Carmolin", "Dessagnes", "Fauvrelle", "Gardemont", "Lanthier",
    "Marsolet", "Pontavel", "Ravenart", "Sauvigeon", "Vaucourt",
)  # fmt: skip
_GIVEN: Final = (
    "Adam", "Anaïs", "Camille", "Enzo", "Inès", "Jules", "Lina", "Lucas", "Manon", "Mehdi",
    "Nathan", "Sarah",
)  # fmt: skip
_STREETS: Final = (
    "rue des Acacias", "rue du Lavoir", "allée des Pinsons", "rue de la Source",
    "place des Marronniers", "chemin du Moulin",
)  # fmt: skip
# The reason, as the charter's list has it, and what was seen.
_FACTS: Final[Mapping[str, Sequence[str]]] = {
    "truancy": (
        "Neuf demi-journées d’absence depuis la rentrée ; la famille a répondu au second appel.",
        "Absences le lundi et le vendredi depuis un mois. Un rendez-vous est pris au collège.",
    ),
    "dropout": (
        "Sans inscription depuis septembre. Souhaite un apprentissage et cherche un employeur.",
    ),
    "alone_at_night": (
        "Vu dehors trois fois après 22 h en deux semaines. Rentre quand on le lui demande.",
    ),
    "incivilities": ("Deux signalements du gardien en un mois, sans dégât.",),
    "family_conflict": ("Disputes entendues le soir. Les parents demandent de l’aide.",),
}
# Numbers set aside for fiction: 06 39 98 00 00 to 99 99 (ARCEP, decision 2018-0881).
_PHONE: Final = "06 39 98 {0:02d} {1:02d}"


def invented(
    place: tuple[UUID, str], reasons: Mapping[str, str], today: date, entropy: Entropy
) -> NewReferral:
    """Return the referral of somebody who does not exist, for a (group, commune)."""
    draw = _Draw(entropy)
    known = [one for one in _FACTS if one in reasons]
    reason = draw.one(known or sorted(reasons))
    group_id, commune = place
    return NewReferral(
        group_id=group_id,
        commune=commune,
        persons=(_person(draw, today),),
        reason=reason,
        fact=draw.one(_FACTS.get(reason, _FACTS["truancy"])),
        fact_on=today - timedelta(days=3 + draw.below(12)),
        origin="municipality",
        reporter="",
        words="",
        informed_on=today - timedelta(days=draw.below(3)),
        delay_reason=None,
    )


class _Draw:
    """Chance, from the one source of it."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def below(self, limit: int) -> int:
        return int.from_bytes(self._entropy.bytes(8), "big") % limit

    def one(self, of: Sequence[T]) -> T:
        return of[self.below(len(of))]


def _person(draw: _Draw, today: date) -> NewPerson:
    """Return somebody of 13 to 16 years."""
    return NewPerson(
        relation="subject",
        family_name=draw.one(_FAMILY),
        given_name=draw.one(_GIVEN),
        birth_date=today - timedelta(days=13 * 366 + draw.below(4 * 365)),
        address=f"{1 + draw.below(60)} {draw.one(_STREETS)}",
        phone=_PHONE.format(draw.below(100), draw.below(100)),
        school="",
    )
