"""How the register speaks to its reader: acts and reasons in French, and families of acts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from casework.audit.act_words import ACTS
from casework.audit.actions import Act, Outcome
from casework.i18n import lazy_gettext as _l
from casework.identity import Reason


class Family(StrEnum):
    """The filters of the register, as plain words above it."""

    ALL = "tout"
    READINGS = "lectures"
    REFUSALS = "refus"
    WRITINGS = "ecritures"
    ENTITLEMENTS = "habilitations"
    SESSIONS = "connexions"
    FORGETTING = "effacements"


FAMILIES: Final[Mapping[Family, Any]] = {
    Family.ALL: _l("Tout"),
    Family.READINGS: _l("Lectures"),
    Family.REFUSALS: _l("Refus"),
    Family.WRITINGS: _l("Écritures"),
    Family.ENTITLEMENTS: _l("Habilitations"),
    Family.SESSIONS: _l("Connexions"),
    Family.FORGETTING: _l("Effacements"),
}

STEPS: Final = frozenset(
    {
        *(Act.OPINION_ASKED, Act.OPINION_FAVOURED, Act.OPINION_OPPOSED, Act.OPINION_LAPSED),
        *(Act.PERSON_SUMMONED, Act.PERSON_HEARD, Act.PERSON_MISSED),
        *(Act.OUTCOME_CHECKED, Act.CASE_SIGNALLED, Act.PERSON_ORIENTED, Act.NOTICE_SENT),
        *(Act.SUPPORT_PROPOSED, Act.OPINION_GIVEN, Act.SUPPORT_NOTIFIED, Act.SUPPORT_AGREED),
        *(Act.SUPPORT_DECLINED, Act.SUPPORT_CERTIFIED, Act.ADVICE_TOLD, Act.FAMILY_MET),
        *(Act.CONTACT_CONFIRMED, Act.CONTACT_WRITTEN, Act.CONSENT_WITHDRAWN),
        Act.LEGAL_REPORT_NOTED,
    }
)
"""What the recorded steps of the procedures leave in the register."""

ACTS_OF: Final[Mapping[Family, frozenset[Act]]] = {
    Family.READINGS: frozenset(
        one for one in Act if one.value.endswith((":read", ":listed", ":searched", ":exported"))
    )
    | {
        *(Act.REPORT_ISSUED, Act.PRESENCE_ASKED, Act.PRESENCE_ANSWERED),
        *(Act.ACCESS_EXPLAINED, Act.ACCESS_SIMULATED),
    },
    Family.REFUSALS: frozenset(
        {
            *(Act.ACCESS_REFUSED, Act.SESSION_REFUSED, Act.RECOVERY_REFUSED),
            Act.DOCUMENT_REFUSED,
        }
    ),
    Family.WRITINGS: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0]
        in {"contribution", "action", "cases", "decision", "document", "letter", "referral"}
        and not one.value.endswith((":read", ":listed", "document:refused"))
    )
    | STEPS,
    Family.ENTITLEMENTS: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0]
        in {
            "member",
            "mandate",
            "charter",
            "undertaking",
            "organisation",
            "group",
            "token",
            "key",
            "account",
            "custody",
            "holder",
            "compartment",
            "directory",
            "recovery",
            "escrow",
            "review",
            "reminder",
        }
    )
    | {Act.CASE_NAMED, Act.CASE_UNNAMED, Act.ACCESS_LENT, Act.ACCESS_ENDED}
    | {Act.ACCESS_ASKED, Act.ACCESS_OPENED, Act.ACCESS_REVIEWED, Act.ACCESS_LISTED}
    | {Act.LINK_DECLARED, Act.LINK_SET, Act.LIFT_ASKED, Act.LIFT_REFUSED, Act.LINK_LIFTED}
    | {Act.CASE_PROTECTED, Act.CASE_UNPROTECTED, Act.OPENING_ASKED, Act.OPENING_GRANTED},
    Family.SESSIONS: frozenset(one for one in Act if one.value.startswith("session:")),
    Family.FORGETTING: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0] in {"retention", "elimination", "certificate", "hold"}
    )
    | {Act.CASE_CLOSED, Act.CASE_RESTRICTED, Act.CASE_SEALED, Act.CASE_ERASED}
    | {Act.REGISTER_REDACTED, Act.REGISTER_ATTESTED, Act.REGISTER_PRUNED},
}

REASONS: Final[Mapping[str, Any]] = {
    Reason.MEETING: _l("séance"),
    Reason.DUTY: _l("mission"),
    Reason.REFERRAL: _l("saisine"),
    Reason.OWN_ACTION: _l("action propre"),
    Reason.CONTROL: _l("contrôle"),
    Reason.SIGN_IN: _l("connexion"),
    Reason.OPERATION: _l("exploitation"),
    Reason.OTHER: _l("autre"),
}

OUTCOMES: Final[Mapping[str, tuple[str, Any]]] = {
    Outcome.ALLOWED: ("ok", _l("autorisé")),
    Outcome.REFUSED: ("late", _l("refusé")),
    Outcome.FAILED: ("late", _l("en échec")),
}


def act_words(act: str) -> Any:
    """Return the French words of an act; a future one keeps its code."""
    return ACTS.get(act, act)
