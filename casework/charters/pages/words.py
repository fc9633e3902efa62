"""What codes are called on the pages of charters."""

from collections.abc import Mapping
from typing import Any, Final

from casework.charters.lifecycle import VersionState
from casework.i18n import lazy_gettext as _l
from casework.identity import Role

STATES: Final[Mapping[VersionState, tuple[str, Any]]] = {
    VersionState.DRAFT: ("neutral", _l("Projet")),
    VersionState.COMPARED: ("soon", _l("À approuver")),
    VersionState.APPROVED: ("soon", _l("Approuvée, à signer")),
    VersionState.IN_FORCE: ("ok", _l("En vigueur")),
    VersionState.SUPERSEDED: ("neutral", _l("Remplacée")),
    VersionState.WITHDRAWN: ("neutral", _l("Retirée")),
}
"""A state as its tag shows it: kind, then words."""

NEXT: Final[Mapping[VersionState, Any]] = {
    VersionState.DRAFT: _l(
        "La coordination ou la personne déléguée à la protection des données compare ce texte à "
        "celui qui est en vigueur."
    ),
    VersionState.IN_FORCE: _l("Chaque membre signe son engagement ; rien ne s’ouvre avant."),
    VersionState.SUPERSEDED: _l(
        "Ce texte n’ouvre plus rien ; les accès passés continuent de le citer."
    ),
    VersionState.WITHDRAWN: _l("Ce projet a été retiré ; il reste lisible ici."),
}
"""What is next where no figure is needed to say it."""

FUNCTIONS: Final[Mapping[Role, Any]] = {
    Role.COORDINATOR: _l("Coordination"),
    Role.DPO: _l("Protection des données"),
}
