"""Why a step of a family council is refused, in words; the page adds the source."""

from collections.abc import Mapping
from typing import Any, Final

from casework.i18n import lazy_gettext as _l

FAMILY_REFUSALS: Final[Mapping[str, Any]] = {
    "family-elsewhere": _l(
        "La famille ne vit pas dans la commune : seul le conseil de sa commune peut l’entendre."
    ),
    "educative-assistance": _l(
        "Une mesure d’assistance éducative est ordonnée : le conseil ne convoque pas cette "
        "famille. La saisine peut être réorientée ou non retenue."
    ),
    "parental-contract": _l(
        "Un contrat de responsabilité parentale existe : le conseil n’ajoute ni convocation ni "
        "accompagnement."
    ),
    "support-educative-assistance": _l(
        "Une mesure d’assistance éducative est ordonnée : l’accompagnement parental ne peut pas "
        "être proposé."
    ),
    "no-minor": _l(
        "Aucun enfant n’a plus moins de dix-huit ans : le conseil n’entend plus cette famille."
    ),
    "representative-in-conflict": _l(
        "Qui est en conflit d’intérêts avec l’enfant ne vient pas pour lui : invitez une autre "
        "personne qui le représente, et non la personne qui exerce la tutelle."
    ),
    "hearing-not-due": _l("Le jour de la séance n’est pas encore venu."),
    "hearing-first": _l("La famille doit d’abord être entendue."),
    "proposal-first": _l("L’accompagnement parental doit d’abord être proposé."),
    "opinion-not-asked": _l(
        "L’avis du président du conseil départemental doit d’abord être demandé."
    ),
    "opinion-awaited": _l(
        "L’avis du président du conseil départemental est attendu ; son silence s’inscrit aussi, "
        "passé le jour prévu."
    ),
    "opinion-day-to-come": _l(
        "Le jour prévu pour la réponse n’est pas passé : le silence ne s’inscrit pas encore."
    ),
    "agreement-first": _l("Les parents doivent d’abord accepter l’accompagnement."),
    "notifications-due": _l(
        "Rectorat, établissement scolaire, prestations familiales et préfet doivent tous être "
        "informés, chacun à sa date."
    ),
    "undertaking-due": _l("Sans l’engagement solennel des parents, il n’y a pas d’attestation."),
    "already-recorded": _l("Cette étape est déjà inscrite."),
}
