"""What each procedure has of its own: its usual name, its acts, its closed lists."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CLASSES_OF_ACT,
    CLASSES_OF_KIND,
    CaseKind,
    CharterAct,
    ListName,
)

COMMUNAL = frozenset({CaseKind.FAMILY_COUNCIL, CaseKind.REMINDER})
"""Procedures of one mayor or one municipal council, in a wider council too (law note 9.4, 21)."""

WITH_MEETINGS = frozenset({CaseKind.FOLLOWUP, CaseKind.FAMILY_COUNCIL})
"""Procedures that decide around a table; the mayor reminds alone, a victim meets one service."""

USUAL_NAMES: Mapping[CaseKind, str] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: "Groupe de suivi nominatif",
        CaseKind.FAMILY_COUNCIL: "Conseil pour les droits et devoirs des familles",
        CaseKind.REMINDER: "Registre des rappels à l’ordre",
        CaseKind.VICTIM: "Réseau d’aide aux victimes",
    }
)
"""What a group is called where its charter does not say it."""

_AROUND_A_TABLE = frozenset({CharterAct.PREPARE, CharterAct.ATTEND})
_EVERY = frozenset(CharterAct)
ACTS_OF_KIND: Mapping[CaseKind, frozenset[CharterAct]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: _EVERY,
        CaseKind.FAMILY_COUNCIL: _EVERY,
        CaseKind.REMINDER: _EVERY - _AROUND_A_TABLE,
        CaseKind.VICTIM: _EVERY - _AROUND_A_TABLE - {CharterAct.DECIDE},
    }
)
"""The acts that exist in each procedure: no victim is ever on an agenda or before a meeting."""

_NO_CODE: frozenset[str] = frozenset()
_AROUND = frozenset({"kept", "not_kept", "redirected", "continued", "postponed", "closed"})
_BY_ITSELF = frozenset({"age_limit", "no_news"})
_COMMON: Mapping[ListName, frozenset[str]] = {
    ListName.PURPOSES: _NO_CODE,
    ListName.ORIGINS: _NO_CODE,
    ListName.REDIRECTIONS: _NO_CODE,
    ListName.CLOSURE_REASONS: _BY_ITSELF,
}
_FOLLOWED: Mapping[ListName, frozenset[str]] = {
    **_COMMON,
    ListName.REFERRAL_REASONS: _NO_CODE,
    ListName.ACTIONS: _NO_CODE,
    ListName.DECISIONS: _AROUND,
    ListName.DELAY_REASONS: _NO_CODE,
}
LISTS_OF_KIND: Mapping[CaseKind, Mapping[ListName, frozenset[str]]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: _FOLLOWED,
        CaseKind.FAMILY_COUNCIL: {
            **_FOLLOWED,
            ListName.RECOMMENDATIONS: _NO_CODE,
            ListName.COMMITMENTS: _NO_CODE,
        },
        CaseKind.REMINDER: {
            **_COMMON,
            ListName.FACTS: _NO_CODE,
            ListName.ACTIONS: _NO_CODE,
            ListName.DECISIONS: frozenset({"summoned", "not_kept", "redirected", "closed"}),
            ListName.DELAY_REASONS: _NO_CODE,
            ListName.RULES_RECALLED: _NO_CODE,
            ListName.CLOSURE_REASONS: _BY_ITSELF
            | {"reminded", "no_show", "notice_sent", "opposed"},
        },
        CaseKind.VICTIM: {
            **_COMMON,
            ListName.NEEDS: _NO_CODE,
            ListName.CONSENT_CHANNELS: _NO_CODE,
            ListName.CONSENT_SCOPES: frozenset(
                {"contact_only", "identity_and_needs", "children_too", "protected_address"}
            ),
            ListName.CLOSURE_REASONS: frozenset(
                {"contact_confirmed", "service_refused", "consent_withdrawn", "no_news"}
            ),
        },
    }
)
"""The closed lists of each procedure, with the codes that the procedure itself writes."""

REASONS: Mapping[CaseKind, ListName] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: ListName.REFERRAL_REASONS,
        CaseKind.FAMILY_COUNCIL: ListName.REFERRAL_REASONS,
        CaseKind.REMINDER: ListName.FACTS,
        CaseKind.VICTIM: ListName.NEEDS,
    }
)
"""The list in which each procedure says why it begins."""


def every_wanted(kind: CaseKind) -> Iterator[Wanted]:
    """Yield every act of `kind`, with every class that it can name there."""
    for act in (one for one in CharterAct if one in ACTS_OF_KIND[kind]):
        if act not in CLASSES_OF_ACT:
            yield Wanted(act)
        for class_ in sorted(CLASSES_OF_ACT.get(act, frozenset()) & CLASSES_OF_KIND[kind]):
            yield Wanted(act, class_)
