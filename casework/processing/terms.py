"""How long by the charter, how long at most by the law, and where that stands."""

from collections.abc import Iterable

from casework.audit.forgetting.policy import Terms, widest
from casework.cases.ceilings import CEILINGS
from casework.charters.charter import Charter
from casework.charters.limits import LAST_BIRTHDAY, LIMITS
from casework.charters.vocabulary import CaseKind
from casework.processing.values import Term

_CLOSURE = "after_closure_months"


def terms_of(charter: Charter) -> tuple[Term, ...]:
    """Return the durations of a charter, in the order of the law's limits."""
    clocks, ceiling = charter.clocks, CEILINGS[charter.kind]
    found = []
    for key, limit in LIMITS[charter.kind]["clocks"].items():
        highest, source = limit.highest, limit.source
        if key == _CLOSURE and ceiling.months < highest:
            highest, source = ceiling.months, ceiling.source
        figure, because = int(getattr(clocks, key)), clocks.because if limit.reasoned else ""
        found.append(Term(key, min(figure, highest), highest, source, clocks.article, because))
    if ceiling.birthday and charter.persons.age_to <= LAST_BIRTHDAY:
        birthday = LIMITS[charter.kind]["persons"]["age_to"]
        article = charter.persons.article
        age = Term("age_to", charter.persons.age_to, birthday.highest, birthday.source, article)
        found.insert(2, age)
    return tuple(found)


def register_terms(charters: Iterable[Charter]) -> tuple[Term, ...]:
    """Return how long the one register of all groups tells, and is kept."""
    said = [
        Terms(one.register.searchable_months, one.register.kept_months, one.register.article)
        for one in charters
    ]
    terms, limits = widest(said), LIMITS[CaseKind.FOLLOWUP]["register"]  # alike for every kind
    figures = {"searchable_months": terms.searchable, "kept_months": terms.kept}
    return tuple(
        Term(key, figure, limits[key].highest, limits[key].source, terms.article or "")
        for key, figure in figures.items()
    )
