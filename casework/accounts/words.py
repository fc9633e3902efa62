"""How the reasons for reading are said: a title to tap, and « au titre de … » in the header."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.i18n import lazy_gettext as _l
from casework.identity import Reason


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """A reason: its button, a line that explains it, and its words after « au titre de »."""

    title: Any
    hint: Any
    of: Any


REASONS: Mapping[Reason, ReasonWords] = {
    Reason.DUTY: ReasonWords(
        _l("Ma mission"),
        _l("Le suivi ordinaire des situations où je suis nommé."),
        _l("votre mission"),
    ),
    Reason.MEETING: ReasonWords(
        _l("La séance"),
        _l("Je prépare une séance du groupe, ou j’y suis."),
        _l("la séance"),
    ),
    Reason.REFERRAL: ReasonWords(
        _l("Une saisine"),
        _l("Je fais, j’instruis ou je complète une saisine."),
        _l("la saisine"),
    ),
    Reason.OWN_ACTION: ReasonWords(
        _l("Une action qui m’est confiée"),
        _l("J’en rends compte, ou je la prépare."),
        _l("l’action qui vous est confiée"),
    ),
    Reason.OTHER: ReasonWords(
        _l("Une autre raison"),
        _l("Je l’écris en quelques mots, sans nom : la protection des données seule les lira."),
        _l("la raison que vous avez écrite"),
    ),
    Reason.CONTROL: ReasonWords(
        _l("Le contrôle"),
        _l("Je vérifie le registre, les durées ou les droits des personnes."),
        _l("votre contrôle"),
    ),
}
