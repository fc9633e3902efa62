"""What no charter may exceed, each limit with its source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casework.audit.forgetting.policy import LONGEST, SHORTEST, USUAL
from casework.charters.kinds import WITH_MEETINGS
from casework.charters.vocabulary import CaseKind

LAST_BIRTHDAY = 25
"""Nobody is followed, and nothing kept of a follow-up, past this birthday (AU-038 art. 5)."""

OLDEST = 120
"""Adults of any age are reminded of a rule, and helped as victims."""

USUAL_OPINION_DAYS = 10
"""Working days that a prosecutor usually has to answer: no text fixes any."""

USUAL_SUMMONS_DAYS = 8
"""Days usually left between a summons and the hearing: no text fixes any."""

_AU38_5 = "CNIL, délibération 2014-262, art. 5"
_CNIL_2020 = "CNIL, note du 7 janvier 2020"
_CNIL_LOGS = "CNIL, délibération 2021-122"
_STRATEGY = "stratégie nationale de prévention de la délinquance"
_NECESSITY = "RGPD, art. 5.1 e"
_FAMILIES = "CASF, art. L. 141-1"
_CONSENT = "code pénal, art. 226-14"
_PROTOCOL = "CSI, art. L. 132-7 ; protocole avec le parquet"
_SOCIAL_SECTOR = "CNIL, référentiel du secteur social"


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


_CEILINGS = {
    CaseKind.FOLLOWUP: Limit(0, 3, 36, _AU38_5, reasoned=True),
    CaseKind.FAMILY_COUNCIL: Limit(0, 3, 36, _AU38_5, reasoned=True),
    CaseKind.REMINDER: Limit(0, 12, 36, _AU38_5, reasoned=True),
    CaseKind.VICTIM: Limit(0, 1, 24, _SOCIAL_SECTOR, reasoned=True),
}
_REVIEWS = {
    CaseKind.FOLLOWUP: Limit(1, 6, 6, _NECESSITY),
    CaseKind.FAMILY_COUNCIL: Limit(1, 6, 6, _NECESSITY),
    CaseKind.REMINDER: Limit(1, 3, 6, _NECESSITY),
    CaseKind.VICTIM: Limit(1, 1, 3, _NECESSITY),
}
_AGES = {
    CaseKind.FOLLOWUP: (
        Limit(6, 12, 18, _STRATEGY, reasoned=True),
        Limit(13, LAST_BIRTHDAY, LAST_BIRTHDAY, _AU38_5),
    ),
    CaseKind.FAMILY_COUNCIL: (Limit(0, 3, 17, _FAMILIES), Limit(1, 18, 18, _FAMILIES)),
    CaseKind.REMINDER: (
        Limit(10, 13, 18, "CJPM, art. L. 11-1", reasoned=True),
        Limit(14, OLDEST, OLDEST, "CSI, art. L. 132-7"),
    ),
    CaseKind.VICTIM: (Limit(0, 0, 18, _CONSENT), Limit(19, OLDEST, OLDEST, _CONSENT)),
}


def _limits(kind: CaseKind) -> Mapping[str, Mapping[str, Limit]]:
    youngest, oldest = _AGES[kind]
    clocks = {
        "referral_not_kept_days": Limit(0, 0, 90, _NECESSITY),
        "after_closure_months": _CEILINGS[kind],
        "review_months": _REVIEWS[kind],
        "elimination_alert_months": Limit(1, 3, 3, "code du patrimoine, art. L. 212-3"),
        "keystore_backup_days": Limit(1, 14, 30, "RGPD, art. 17"),
    }
    limits = {
        "persons": {"age_from": youngest, "age_to": oldest},
        "texts": {"free_text_max": Limit(80, 400, 500, _CNIL_2020)},
        "clocks": clocks,
        "register": {
            "searchable_months": Limit(SHORTEST, USUAL, USUAL, _CNIL_LOGS),
            "kept_months": Limit(SHORTEST, LONGEST, LONGEST, _CNIL_LOGS),
        },
    }
    if kind in WITH_MEETINGS:
        clocks["stale_meetings"] = Limit(1, 3, 6, _NECESSITY)
        limits["meetings"] = {"quorum": Limit(2, 3, 20, "CSI, art. L. 132-5")}
    if kind is CaseKind.REMINDER:
        limits["protocol"] = {
            "opinion_working_days": Limit(1, USUAL_OPINION_DAYS, 30, _PROTOCOL),
            "summons_days": Limit(2, USUAL_SUMMONS_DAYS, 60, _PROTOCOL),
        }
    return MappingProxyType(limits)


LIMITS: Mapping[CaseKind, Mapping[str, Mapping[str, Limit]]] = MappingProxyType(
    {kind: _limits(kind) for kind in CaseKind}
)
"""Every figure of a charter by procedure, section and key: days, months, years, characters."""

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
