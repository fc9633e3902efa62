"""The charter in words: what may this person do on this case, and by which article."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casework.charters.charter import Article, Charter
from casework.charters.decision import decide
from casework.charters.facts import BIT, CaseFacts, Fact, Standing
from casework.charters.outcome import Decision, Wanted
from casework.charters.refusals import ABOUT
from casework.charters.vocabulary import CharterAct, CompartmentClass


@dataclass(frozen=True, slots=True)
class Question:
    """An act on a class; `own` where the answer hangs on whose the note or the action is."""

    wanted: Wanted
    own: bool | None = None

    @property
    def facts(self) -> Mapping[str, bool]:
        """Return the facts of the object asked about."""
        name = _OBJECTS.get(self.wanted)
        return {} if name is None else {name: self.own is True}


@dataclass(frozen=True, slots=True)
class Line:
    """One question about somebody, and the answer of the very engine that decides."""

    question: Question
    decision: Decision
    because: str
    article: Article | None

    @property
    def sentence(self) -> str:
        """Return the reason with its article, as one French sentence."""
        return _with_article(self.because, self.article)


_OBJECTS: Mapping[Wanted, str] = {
    Wanted(CharterAct.READ, CompartmentClass.PRIVATE): Fact.OWN_SERVICE,
    Wanted(CharterAct.NOTE, CompartmentClass.PRIVATE): Fact.OWN_SERVICE,
    Wanted(CharterAct.REPORT): Fact.OWN_ACTION,
}
_NEVER_OF_OTHERS = frozenset({Wanted(CharterAct.NOTE, CompartmentClass.PRIVATE)})


def because(charter: Charter, decision: Decision) -> str:
    """Return why, about somebody else: the words of the rule that opens, or of the refusal."""
    if decision.allowed:
        return next(rule.says for rule in charter.rules if rule.id == decision.rule)
    return ABOUT[decision.reason]


def questions(charter: Charter) -> Iterator[Question]:
    """Yield everything that the charter can be asked about somebody and a case."""
    for wanted in charter.gates:
        if wanted not in _OBJECTS:
            yield Question(wanted)
            continue
        yield Question(wanted, own=True)
        if wanted not in _NEVER_OF_OTHERS:
            yield Question(wanted, own=False)


def told(charter: Charter, question: Question, decision: Decision) -> Line:
    """Return a decision already taken, with why and by which article, about somebody else."""
    article = charter.articles.get(decision.article)
    return Line(question, decision, because(charter, decision), article)


def account(charter: Charter, standing: Standing, facts: CaseFacts) -> tuple[Line, ...]:
    """Return every answer about one person and one case."""
    return tuple(
        told(charter, one, decide(charter, standing, one.wanted, replace(facts, **one.facts)))
        for one in questions(charter)
    )


def holding(standing: Standing, facts: CaseFacts) -> tuple[str, ...]:
    """Return the names of the facts that hold, in the order in which they are looked at."""
    bits = standing.bits | facts.bits
    return tuple(str(one) for one in Fact if bits & BIT[one])


def _with_article(sentence: str, article: Article | None) -> str:
    if article is None:
        return sentence
    cited = f"(article {article.number}, « {article.title} »)"
    return f"{sentence.removesuffix('.')} {cited}."
