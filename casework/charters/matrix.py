"""Readers of the articles and of the rules of a charter file."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from casework.charters.charter import Article
from casework.charters.condition import ALWAYS, NEVER, Condition, Named, parse, tokens_of
from casework.charters.faults import Notebook
from casework.charters.named_conditions import NamedConditions, too_wide
from casework.charters.reading import Section, meant, quoted
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
from casework.charters.sections import read_window
from casework.charters.terms import width
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    PartnerCategory,
    Recipient,
)

_SHORT = re.compile(r"[a-z0-9.-]{1,40}")
_LEVELS = {level.name.lower(): level for level in Level if level is not Level.NONE}
_MOST: Final = 200
"""Articles, and rules: a charter is read aloud."""

_MOST_TERMS: Final = 20_000
"""Comparisons that the rules of a charter come to; fifty times what a real one needs."""


def read_articles(tables: object, notebook: Notebook) -> Mapping[str, Article]:
    """Return the articles by number."""
    articles: dict[str, Article] = {}
    for section in _sections("articles", tables, notebook):
        article = Article(
            number=section.text("number"),
            title=section.text("title"),
            text=section.text("text"),
            refusals=section.words("refusals", Refusal, optional=True),
        )
        _check_short(section, "number", article.number)
        if article.number in articles:
            section.fault("number", f"L’article {article.number} est écrit deux fois.")
        articles[article.number] = article
        section.close()
    return MappingProxyType(articles)


def read_rules(tables: object, conditions: NamedConditions, notebook: Notebook) -> tuple[Rule, ...]:
    """Return the rules in the order of the file, their named conditions written out in them."""
    rules: list[Rule] = []
    spoken: set[str] = set()
    for section in _sections("rules", tables, notebook):
        rule = _rule(section, conditions.named)
        spoken.update(tokens_of(str(section.take("when"))))
        _check_short(section, "id", rule.id)
        if rule.id in {other.id for other in rules}:
            section.fault("id", f"La règle « {quoted(rule.id)} » est écrite deux fois.")
        rules.append(rule)
        section.close()
    for name in sorted(conditions.free - spoken):
        said = f"Aucune règle ne se sert de la condition « {name} »."
        notebook.note(("conditions", name), said)
    if sum(map(_terms, rules)) <= _MOST_TERMS:
        return tuple(rules)
    notebook.note(("rules",), "Les règles distinguent trop de cas pour être lues : réunissez-en.")
    return ()


def _terms(rule: Rule) -> int:
    return width(rule.condition) * len(rule.acts) * max(1, len(rule.classes))


def _check_short(section: Section, key: str, value: str) -> None:
    """Articles and rules are cited in the register, where only short codes may stand."""
    if value and not _SHORT.fullmatch(value):
        section.fault(key, f"« {key} » : minuscules, chiffres, points et tirets, 40 au plus.")


def _rule(section: Section, named: Named) -> Rule:
    return Rule(
        id=section.text("id"),
        article=section.text("article"),
        says=section.text("says"),
        recipients=section.words("recipients", Recipient),
        categories=section.words("categories", PartnerCategory, optional=True),
        acts=section.words("acts", CharterAct),
        classes=section.words("classes", CompartmentClass, optional=True),
        level=_level(section),
        when=_when(section, named),
        obligations=section.words("obligations", Obligation, optional=True),
        window=read_window(section),
    )


def _level(section: Section) -> Level:
    name = section.text("level")
    if name and name not in _LEVELS:
        near = meant(name, _LEVELS)
        section.fault("level", f"« {quoted(name)} » n’est pas un niveau connu{near}.")
    return _LEVELS.get(name, Level.NONE)


def _when(section: Section, named: Named) -> Condition:
    text = section.text("when", optional=True)
    if not text:
        return ALWAYS
    condition, faults = parse(text, named)
    for sentence in faults:
        section.fault("when", sentence)
    if wide := too_wide(condition):
        section.fault("when", wide)
        return NEVER
    return condition


def _sections(name: str, tables: object, notebook: Notebook) -> Iterator[Section]:
    if not isinstance(tables, list) or not tables:
        notebook.note((name,), f"La charte doit contenir des parties « {name} ».")
        return
    if len(tables) > _MOST:
        notebook.note((name,), f"Une charte a {_MOST} parties « {name} » au plus.")
        return
    for index, table in enumerate(tables):
        yield Section(table, (name, index), notebook)
