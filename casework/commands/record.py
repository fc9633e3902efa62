"""`casework charter record`: the record of processing, for a file or a program."""

from collections.abc import Iterator
from typing import Any

import click

from casework.charters.vocabulary import ListName
from casework.commands.acting import instance, root
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.operations.measures import measures_of
from casework.processing.values import Activity, Data, Measure, Record, Term


@click.command(
    help=said(
        "Écrire le registre des traitements (RGPD, art. 30), calculé à l’instant.",
        "Write the record of processing (GDPR, art. 30), computed now.",
    )
)
@json_option
def record() -> None:
    """Print what is processed, for whom, how long and how guarded, as configured now."""
    with instance() as opened:
        found = opened.processing.open(root(opened), measures_of(opened.settings, opened))
    answer(_told(found), *_lines(found))


def _told(found: Record) -> dict[str, Any]:
    return {
        "council": found.council,
        "at": found.at,
        "officers": found.officers,
        "members": found.members,
        "partners": {one.value: names for one, names in found.partners.items()},
        "activities": [_activity(one) for one in found.activities],
        "register": [_term(one) for one in found.register],
        "measures": [_measure(one) for one in found.measures],
    }


def _activity(one: Activity) -> dict[str, Any]:
    charter = one.charter
    return {
        "charter": charter.title,
        "kind": one.kind.value,
        "version": charter.version,
        "digest": charter.digest,
        "adopted": one.adopted_at,
        "groups": [
            {"name": at.name, "communes": at.communes, "coordination": at.coordination}
            for at in one.settings
        ],
        "purposes": dict(charter.lists.get(ListName.PURPOSES, {})),
        "persons": {"age_from": charter.persons.age_from, "age_to": charter.persons.age_to},
        "signed": one.signed,
        "unsigned": one.unsigned,
        "data": [_data(data) for data in one.data],
        "terms": [_term(term) for term in one.terms],
        "free_text_max": charter.texts.free_text_max,
        "readers_named": charter.register.readers_named,
    }


def _data(data: Data) -> dict[str, Any]:
    recipients = [
        {
            "tie": one.tie.value,
            "categories": [category.value for category in one.categories],
            "phases": [phase.value for phase in one.phases],
            "writes": one.writes,
            "articles": one.articles,
        }
        for one in data.recipients
    ]
    class_ = data.class_.value if data.class_ else "list"
    return {"class": class_, "holds": data.holds, "recipients": recipients}


def _term(one: Term) -> dict[str, Any]:
    return {"key": one.key, "figure": one.figure, "highest": one.highest, "source": one.source}


def _measure(one: Measure) -> dict[str, Any]:
    risks = [risk.value for risk in one.risks]
    return {"name": one.name.value, "on": one.on, "risks": risks, **one.figures}


def _lines(found: Record) -> Iterator[str]:
    yield found.council
    for one in found.activities:
        yield f"{one.charter.title}, {said('version', 'version')} {one.charter.version}"
        for data in one.data:
            class_ = data.class_.value if data.class_ else "list"
            ties = ", ".join(dict.fromkeys(reach.tie.value for reach in data.recipients))
            yield f"  {class_}: {ties or '-'}"
        for term in one.terms:
            yield f"  {term.key}: {term.figure} (≤ {term.highest}, {term.source})"
    for measure in found.measures:
        yield f"{'+' if measure.on else '-'} {measure.name.value}"
