"""Readers of the articles and of the rules of a charter file."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from casework.charters.charter import Article
from casework.charters.condition import ALWAYS, Condition, parse
from casework.charters.faults import Notebook
from casework.charters.reading import Section
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
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


def read_rules(tables: object, notebook: Notebook) -> tuple[Rule, ...]:
    """Return the rules in the order of the file."""
    rules: list[Rule] = []
    for section in _sections("rules", tables, notebook):
        rule = _rule(section)
        _check_short(section, "id", rule.id)
        if rule.id in {other.id for other in rules}:
            section.fault("id", f"La règle « {rule.id} » est écrite deux fois.")
        rules.append(rule)
        section.close()
    return tuple(rules)


def _check_short(section: Section, key: str, value: str) -> None:
    """Articles and rules are cited in the register, where only short codes may stand."""
    if value and not _SHORT.fullmatch(value):
        section.fault(key, f"« {key} » : minuscules, chiffres, points et tirets, 40 au plus.")


def _rule(section: Section) -> Rule:
    return Rule(
        id=section.text("id"),
        article=section.text("article"),
        says=section.text("says"),
        recipients=section.words("recipients", Recipient),
        categories=section.words("categories", PartnerCategory, optional=True),
        acts=section.words("acts", CharterAct),
        classes=section.words("classes", CompartmentClass, optional=True),
        level=_level(section),
        when=_when(section),
        obligations=section.words("obligations", Obligation, optional=True),
    )


def _level(section: Section) -> Level:
    name = section.text("level")
    if name and name not in _LEVELS:
        section.fault("level", f"« {name} » n’est pas un niveau connu.")
    return _LEVELS.get(name, Level.NONE)


def _when(section: Section) -> Condition:
    text = section.text("when", optional=True)
    if not text:
        return ALWAYS
    condition, faults = parse(text)
    for sentence in faults:
        section.fault("when", sentence)
    return condition


def _sections(name: str, tables: object, notebook: Notebook) -> Iterator[Section]:
    if not isinstance(tables, list) or not tables:
        notebook.note((name,), f"La charte doit contenir des parties « {name} ».")
        return
    for index, table in enumerate(tables):
        yield Section(table, (name, index), notebook)
