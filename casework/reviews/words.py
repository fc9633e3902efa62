"""What access reviews are called on pages."""

from collections.abc import Mapping
from typing import Any, Final

from casework.i18n import lazy_gettext as _l
from casework.identity import Role
from casework.reviews.values import EndKind, ReviewState, Said

SAID: Final[Mapping[Said, Any]] = {
    Said.HERE: _l("Toujours là"),
    Said.MOVED: _l("A changé de fonction"),
    Said.LEFT: _l("N’est plus là"),
}

ROLES: Final[Mapping[Role, Any]] = {
    Role.MEMBER: _l("membre"),
    Role.COORDINATOR: _l("coordination"),
    Role.DPO: _l("protection des données"),
    Role.ARCHIVES: _l("archives"),
}

STATES: Final[Mapping[ReviewState, tuple[str, Any]]] = {
    ReviewState.OPEN: ("neutral", _l("réponse attendue")),
    ReviewState.AWAITING: ("soon", _l("à confirmer")),
    ReviewState.DONE: ("ok", _l("répondu")),
}

ENDS: Final[Mapping[EndKind, Any]] = {
    EndKind.UNDERTAKING: _l("Engagement personnel"),
    EndKind.MANDATE: _l("Mandat"),
    EndKind.SIGNATURE: _l("Signature de la charte par l’organisme"),
}
