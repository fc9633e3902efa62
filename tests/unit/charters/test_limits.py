"""The limits of law, written out a second time: a figure that moves is a decision, not a slip."""

import pytest

from casework.charters.limits import LIMITS, Limit, barred_subject
from casework.charters.vocabulary import CaseKind

Figures = tuple[int, int, int]
KINDS = pytest.mark.parametrize("kind", CaseKind)
EVERYWHERE: dict[str, Figures] = {
    "free_text_max": (80, 400, 500),
    "referral_not_kept_days": (0, 0, 90),
    "elimination_alert_months": (1, 3, 3),
    "keystore_backup_days": (1, 14, 30),
    "searchable_months": (6, 12, 12),
    "kept_months": (6, 36, 36),
}
AROUND_A_TABLE: dict[str, Figures] = {"stale_meetings": (1, 3, 6), "quorum": (2, 3, 20)}
OF_KIND: dict[CaseKind, dict[str, Figures]] = {
    CaseKind.FOLLOWUP: {
        "age_from": (6, 12, 18),
        "age_to": (13, 25, 25),
        "after_closure_months": (0, 3, 36),
        "review_months": (1, 6, 6),
        **AROUND_A_TABLE,
    },
    CaseKind.FAMILY_COUNCIL: {
        "age_from": (0, 3, 17),
        "age_to": (1, 18, 18),
        "after_closure_months": (0, 3, 36),
        "review_months": (1, 6, 6),
        **AROUND_A_TABLE,
    },
    CaseKind.REMINDER: {
        "age_from": (10, 13, 18),
        "age_to": (14, 120, 120),
        "after_closure_months": (0, 12, 36),
        "review_months": (1, 3, 6),
        "opinion_working_days": (1, 10, 30),
        "summons_days": (2, 8, 60),
    },
    CaseKind.VICTIM: {
        "age_from": (0, 0, 18),
        "age_to": (19, 120, 120),
        "after_closure_months": (0, 1, 24),
        "review_months": (1, 1, 3),
    },
}
EXPLAINED = {
    CaseKind.FOLLOWUP: {"after_closure_months", "age_from"},
    CaseKind.FAMILY_COUNCIL: {"after_closure_months"},
    CaseKind.REMINDER: {"after_closure_months", "age_from"},
    CaseKind.VICTIM: {"after_closure_months"},
}


def limits_of(kind: CaseKind) -> dict[str, Limit]:
    return {key: limit for part in LIMITS[kind].values() for key, limit in part.items()}


@KINDS
def test_each_figure_has_the_bounds_of_the_domain_and_no_figure_has_none(kind: CaseKind) -> None:
    found = {
        key: (limit.lowest, limit.default, limit.highest) for key, limit in limits_of(kind).items()
    }
    assert found == {**EVERYWHERE, **OF_KIND[kind]}


@KINDS
def test_who_leaves_the_advised_figure_says_why_where_a_child_or_a_delay_is_concerned(
    kind: CaseKind,
) -> None:
    limits = limits_of(kind)
    owing = {key for key, limit in limits.items() if limit.owes_reason(limit.default + 1)}
    assert owing == EXPLAINED[kind]
    assert not any(limit.owes_reason(limit.default) for limit in limits.values())


def test_both_bounds_are_allowed_and_the_figures_beside_them_are_not() -> None:
    limit = Limit(6, 12, 18, "une source inventée")
    assert [one for one in range(25) if limit.allows(one)] == list(range(6, 19))


@KINDS
def test_every_limit_says_where_it_comes_from(kind: CaseKind) -> None:
    assert all(limit.source for limit in limits_of(kind).values())


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Absences répétées", None),
        ("Politique de la ville", None),
        ("Opinions politiques", "Opinion"),
        ("Suivi MÉDICAL", "MÉDIC"),
    ],
)
def test_rule_06_a_label_out_of_frame_is_told_by_its_word(label: str, word: str | None) -> None:
    assert barred_subject(label) == word
