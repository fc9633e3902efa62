"""What the answers of a victim's referral are called, on its form and wherever they are read."""

from collections.abc import Mapping
from typing import Any, Final

from casework.i18n import lazy_gettext as _l

FIELDS: Final[Mapping[str, Any]] = {
    "consent_by": _l("Qui donne l’accord"),
    "consent_on": _l("Accord donné le"),
    "consent_channel": _l("Comment l’accord a été donné"),
    "consent_scope": _l("Ce que l’accord couvre"),
    "leaflet": _l("Le dépliant lui a-t-il été remis ?"),
    "danger_evaluated": _l("Le danger a-t-il été évalué ?"),
    "danger_by": _l("Par quel service"),
    "danger_on": _l("Évalué le"),
    "danger_level": _l("Niveau"),
    "needs": _l("De quoi a-t-elle besoin ?"),
    "urgency": _l("Dans quel délai"),
    "age": _l("Âge"),
    "children": _l("Nombre d’enfants"),
    "children_ages": _l("Leurs âges"),
    "contact_phone": _l("Numéro sûr"),
    "contact_when": _l("Jours et heures"),
    "contact_message": _l("Peut-on laisser un message ?"),
    "contact_language": _l("Langue"),
    "hidden_address": _l("Adresse cachée"),
    "contact_on": _l("Premier contact le"),
    "report_on": _l("Signalé le"),
    "report_channel": _l("À qui"),
    "report_ground": _l("Sur quel fondement"),
}

CHOICES: Final[Mapping[tuple[str, str], Any]] = {
    ("consent_by", "victim"): _l("Elle-même, majeure"),
    ("consent_by", "representative"): _l(
        "Pour une mineure, un représentant légal que les faits ne mettent pas en cause"
    ),
    ("danger_level", "not_evaluated"): _l("Non évalué"),
    ("danger_level", "standard"): _l("Standard"),
    ("danger_level", "characterised"): _l("Caractérisé"),
    ("urgency", "today"): _l("Aujourd’hui"),
    ("urgency", "this_week"): _l("Cette semaine"),
    ("urgency", "usual"): _l("Sans urgence particulière"),
    ("report_ground", "ill_treatment"): _l(
        "Mauvais traitements sur une personne mineure ou vulnérable (code pénal, art. 226-14, 1°)"
    ),
    ("report_ground", "immediate_danger"): _l(
        "Violences au sein du couple : danger immédiat et emprise (code pénal, art. 226-14, 3°)"
    ),
    ("report_ground", "crime"): _l(
        "Crime qu’il est encore temps de prévenir, ou mauvais traitements (code pénal, art. "
        "434-1 et 434-3)"
    ),
    ("report_ground", "public_official"): _l(
        "Fonctionnaire ou élu qui a connaissance d’un délit (code de procédure pénale, art. 40)"
    ),
    ("report_ground", "child"): _l(
        "Enfant en danger (code de l’action sociale et des familles, art. L. 226-2-1)"
    ),
}
"""The codes that the procedure itself fixes, by field."""
