"""Why the procedure of reminders refuses a step, in words that say what to do."""

from collections.abc import Mapping
from typing import Any, Final

from casework.i18n import lazy_gettext as _l

REMINDER_REFUSALS: Final[Mapping[str, Any]] = {
    "reminder-of-offence": _l(
        "Un crime ou un délit ne fait pas l’objet d’un rappel : la saisine se réoriente vers le "
        "procureur de la République."
    ),
    "reminder-complaint": _l(
        "Une plainte est déposée : le rappel n’est pas possible, la justice est saisie des faits."
    ),
    "reminder-inquiry": _l(
        "Une enquête ou des poursuites sont en cours : le rappel n’est pas possible."
    ),
    "reminder-unchecked": _l("Vérifiez d’abord qu’un rappel est possible : trois questions."),
    "opinion-missing": _l("L’avis du parquet précède toute convocation : il n’est pas encore là."),
    "silence-authorises-nothing": _l(
        "D’après la charte, le silence du parquet n’autorise pas à convoquer : demandez-lui de "
        "nouveau son avis."
    ),
    "opinion-still-awaited": _l("Le délai du parquet court encore : son avis peut arriver."),
    "delegation-undated": _l(
        "Indiquez le jour de l’arrêté de délégation : sans arrêté, seul le maire fait le rappel."
    ),
    "guardian-in-conflict": _l(
        "Qui représente la personne mineure est en conflit avec elle : convoquez un autre "
        "représentant légal ou un responsable éducatif."
    ),
    "minor-unaccompanied": _l(
        "La personne est mineure : dites qui vient avec elle, ou que c’est impossible et pourquoi."
    ),
    "impossible-unsaid": _l("Écrivez pourquoi personne ne peut venir avec la personne mineure."),
    "companion-unnamed": _l("Écrivez le nom et la qualité de qui vient avec la personne mineure."),
    "copy-missing": _l(
        "La personne est mineure : indiquez le jour où la copie est partie à ses parents ou à qui "
        "vient avec elle."
    ),
    "summons-too-near": _l(
        "L’entretien est trop proche de l’envoi du courrier : la charte laisse plus de jours pour "
        "se préparer."
    ),
    "hearing-to-come": _l("Le jour de l’entretien n’est pas encore venu."),
    "person-did-not-come": _l(
        "Sans la personne convoquée il n’y a pas de rappel : inscrivez plutôt son absence."
    ),
    "minor-heard-alone": _l("Écrivez pourquoi la personne mineure était seule à l’entretien."),
    "notice-unframed": _l(
        "La charte ne prévoit pas de rappel aux règles par courrier dans cette commune."
    ),
    "outcome-unchecked": _l(
        "Vérifiez d’abord les suites du rappel : la clôture « rappel fait » vient après."
    ),
    "nobody-missed": _l("Aucune absence n’est inscrite : choisissez un autre motif."),
    "notice-unsent": _l("Aucun courrier de rappel aux règles n’est inscrit."),
    "not-opposed": _l("Le parquet ne s’est pas opposé : son opposition s’inscrit par lui."),
}
