"""How recovery speaks to people who have never heard of cryptography."""

from collections.abc import Mapping
from typing import Any, Final

from casework.errors import (
    CaseworkError,
    InvalidInput,
    RegistrarAwaited,
    StepRefused,
    TooManyAttempts,
)
from casework.i18n import gettext, ngettext
from casework.i18n import lazy_gettext as _l
from casework.keys.recovery.values import Kind, Why
from casework.web.problem_table import PROBLEMS

KINDS: Final[Mapping[Kind, Any]] = {
    Kind.RECOVER: _l("Rendre sa clé à un membre"),
    Kind.EXCEPTION: _l("Prêter une situation en urgence"),
    Kind.REHEARSAL: _l("Répétition"),
}

WHYS: Final[Mapping[Why, Any]] = {
    Why.FORGOTTEN: _l("mot de passe oublié"),
    Why.ABSENT: _l("personne d’autre ne peut ouvrir"),
    Why.DANGER: _l("danger immédiat pour une personne"),
    Why.EXERCISE: _l("exercice prévu"),
}

REFUSED: Final[Mapping[str, Any]] = {
    "ceremony-over": _l("Cette ouverture est terminée : demandez-en une autre si besoin."),
    "cards-drawn": _l("Toutes les cartes sont tirées : la vôtre ne se tire plus une seconde fois."),
    "key-changed": _l(
        "Ce membre a changé de clé depuis la demande : demandez une nouvelle ouverture et "
        "vérifiez ses nouveaux six mots."
    ),
    "loan-too-long": _l("Un prêt dure deux heures au plus."),
    "never-lent": _l("Cette partie ne se prête jamais."),
    "no-escrow": _l("Aucune clé de secours n’est prête : des cartes restent à tirer."),
    "not-enrolled": _l("Cet organisme n’a pas confié sa clé à la clé de secours."),
    "not-waiting": _l("Ce membre n’attend pas de clé, ou ne s’est pas encore reconnecté."),
    "reserved-held": _l(
        "Votre organisme détient des parties que la charte réserve à ceux dont les membres gardent "
        "eux-mêmes la clé : elle ne peut pas être rendue au service tant qu’il les détient."
    ),
    "nothing-to-lend": _l("Cet organisme n’a rien à prêter de cette situation."),
}


def told(fault: CaseworkError) -> str:
    """Return what to say of an error above a form; nothing when its fields say it."""
    if isinstance(fault, StepRefused):
        return str(REFUSED.get(fault.reason, PROBLEMS[fault.code].advice))
    if isinstance(fault, TooManyAttempts):
        return ngettext(
            "Trop d’essais : réessayez dans une seconde.",
            "Trop d’essais : réessayez dans %(num)d secondes.",
            fault.after,
        )
    if isinstance(fault, InvalidInput):
        return ""
    if isinstance(fault, RegistrarAwaited):
        return str(PROBLEMS[fault.code].advice)
    return gettext(
        "Votre session n’ouvre pas la clé de votre organisme : demandez qu’on vous la rende."
    )
