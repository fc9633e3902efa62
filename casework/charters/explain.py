"""The charter in words: who can see this, what may this person do, and by which article."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Decision, Wanted


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose access is asked about, with the words by which they are shown."""

    label: str
    standing: Standing
    facts: CaseFacts


@dataclass(frozen=True, slots=True)
class Answer:
    """What the charter answers about one reader, and why in one sentence."""

    label: str
    decision: Decision
    sentence: str


def explain(charter: Charter, decision: Decision) -> str:
    """Return the reason of a decision with the article that it rests on."""
    if decision.allowed:
        sentence = next(rule.says for rule in charter.rules if rule.id == decision.rule)
    else:
        sentence = decision.sentence
    article = charter.articles.get(decision.article)
    if article is None:
        return sentence
    cited = f"(article {article.number}, « {article.title} »)"
    return f"{sentence.removesuffix('.')} {cited}."


def answers(charter: Charter, wanted: Wanted, readers: Iterable[Reader]) -> list[Answer]:
    """Answer for each reader, those who may before those who may not."""
    given = [_answer(charter, wanted, reader) for reader in readers]
    return sorted(given, key=lambda answer: not answer.decision.allowed)


def who_sees(charter: Charter, wanted: Wanted, readers: Iterable[Reader]) -> list[Answer]:
    """Return only those who may: what an author is shown before sending."""
    return [one for one in answers(charter, wanted, readers) if one.decision.allowed]


def powers(charter: Charter, standing: Standing, facts: CaseFacts) -> Mapping[Wanted, Decision]:
    """Return everything that one person may do on one case."""
    decided = {wanted: decide(charter, standing, wanted, facts) for wanted in charter.gates}
    return {wanted: decision for wanted, decision in decided.items() if decision.allowed}


def _answer(charter: Charter, wanted: Wanted, reader: Reader) -> Answer:
    decision = decide(charter, reader.standing, wanted, reader.facts)
    return Answer(reader.label, decision, explain(charter, decision))
