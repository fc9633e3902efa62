"""What forgetting is called on pages."""

from collections.abc import Mapping
from typing import Any, Final

from casework.charters.vocabulary import CaseKind
from casework.i18n import lazy_gettext as _l
from casework.retention.policy import HoldReason, ListState, SweepStep

KINDS: Final[Mapping[CaseKind, Any]] = {
    CaseKind.FOLLOWUP: _l("Suivi nominatif"),
    CaseKind.FAMILY_COUNCIL: _l("Conseil des familles"),
    CaseKind.REMINDER: _l("Rappel à l’ordre"),
    CaseKind.VICTIM: _l("Aide aux victimes"),
}

STEPS: Final[Mapping[SweepStep, Any]] = {
    SweepStep.LAPSED: _l("Saisines sans suite, effacées"),
    SweepStep.CLOSED: _l("Suivis clos faute de décision ou de bilan"),
    SweepStep.RESTRICTED: _l("Passages en archive restreinte"),
    SweepStep.SEALED: _l("Mises sous scellé"),
    SweepStep.LISTED: _l("Inscriptions au bordereau"),
    SweepStep.ERASED: _l("Destructions après visa"),
}

LISTS: Final[Mapping[ListState, tuple[str, Any]]] = {
    ListState.LISTED: ("soon", _l("attend le visa")),
    ListState.VISAED: ("neutral", _l("visé, à détruire")),
    ListState.ELIMINATED: ("ok", _l("détruit")),
}

HOLDS: Final[Mapping[HoldReason, Any]] = {
    HoldReason.RIGHTS_REQUEST: _l("Demande d’exercice de droits en cours"),
    HoldReason.COMPLAINT: _l("Réclamation en cours"),
    HoldReason.COURT_ORDER: _l("Décision de justice"),
    HoldReason.ARCHIVES_SELECTION: _l("Sélection par les archives"),
}
