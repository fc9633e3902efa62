"""What no charter may exceed, each limit with its source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casework.audit.forgetting.policy import LONGEST, SHORTEST, USUAL
from casework.charters.vocabulary import ListName

LAST_BIRTHDAY = 25
"""Nobody is followed, and nothing kept of a follow-up, past this birthday (AU-038 art. 5)."""

_AU38_5 = "CNIL, délibération 2014-262, art. 5"
_CNIL_2020 = "CNIL, note du 7 janvier 2020"
_CNIL_LOGS = "CNIL, délibération 2021-122"
_STRATEGY = "stratégie nationale de prévention de la délinquance"
_NECESSITY = "RGPD, art. 5.1 e"


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of one figure, both included; `reasoned` on the side where a reason is owed."""

    lowest: int
    default: int
    highest: int
    source: str
    reasoned: bool = False

    def allows(self, figure: int) -> bool:
        """Say whether the figure is within the bounds."""
        return self.lowest <= figure <= self.highest

    def owes_reason(self, figure: int) -> bool:
        """Say whether the figure leaves the default, for a limit where that must be explained."""
        return self.reasoned and figure != self.default


LIMITS: Mapping[str, Mapping[str, Limit]] = MappingProxyType(
    {
        "persons": {
            "age_from": Limit(6, 12, 18, _STRATEGY, reasoned=True),
            "age_to": Limit(13, LAST_BIRTHDAY, LAST_BIRTHDAY, _AU38_5),
        },
        "texts": {"free_text_max": Limit(80, 400, 500, _CNIL_2020)},
        "clocks": {
            "referral_not_kept_days": Limit(0, 0, 90, _NECESSITY),
            "after_closure_months": Limit(0, 3, 36, _AU38_5, reasoned=True),
            "review_months": Limit(1, 6, 6, _NECESSITY),
            "stale_meetings": Limit(1, 3, 6, _NECESSITY),
            "elimination_alert_months": Limit(1, 3, 3, "code du patrimoine, art. L. 212-3"),
            "keystore_backup_days": Limit(1, 14, 30, "RGPD, art. 17"),
        },
        "register": {
            "searchable_months": Limit(SHORTEST, USUAL, USUAL, _CNIL_LOGS),
            "kept_months": Limit(SHORTEST, LONGEST, LONGEST, _CNIL_LOGS),
        },
        "meetings": {"quorum": Limit(2, 3, 20, "CSI, art. L. 132-5")},
    }
)
"""Every figure of a charter by section and key: days, months, years, characters or persons."""

REQUIRED_CODES: Mapping[ListName, frozenset[str]] = MappingProxyType(
    {
        ListName.DECISIONS: frozenset(
            {"kept", "not_kept", "redirected", "continued", "postponed", "closed"}
        ),
        ListName.CLOSURE_REASONS: frozenset({"age_limit", "no_news"}),
        ListName.PURPOSES: frozenset(),
        ListName.REFERRAL_REASONS: frozenset(),
        ListName.ORIGINS: frozenset(),
        ListName.ACTIONS: frozenset(),
        ListName.DELAY_REASONS: frozenset(),
        ListName.REDIRECTIONS: frozenset(),
    }
)
"""Codes that the procedure itself writes, and which a charter must therefore name."""

_BARRED = re.compile(
    r"santé|médic|psych|handicap|toxico|addict|alcool|stupéf|drogue"
    r"|religi|\bculte|radicalis|sectaire|terroris"
    r"|politique(?! de la ville)|syndica|opinion|ethni|origine étrang|nationalité|sexu"
    r"|condamn|casier|antécédent",
    re.IGNORECASE,
)


def barred_subject(label: str) -> str | None:
    """Return the word that puts a label out of frame (AU-038 art. 3; law note 9.4, rule 6)."""
    found = _BARRED.search(label)
    return found.group(0) if found else None
