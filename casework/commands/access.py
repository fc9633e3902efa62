"""`casework access`: who may call what, what the charter grants, and why somebody may or not."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from casework.app import create_app
from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.explain import Line
from casework.charters.loading import load
from casework.charters.openings import Opening, openings
from casework.charters.words import FACTS, asked
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import member_id
from casework.commands.wording import said
from casework.errors import AccessDenied
from casework.explanations.values import Explained, Reached
from casework.identity import Reason
from casework.web.guard import access_matrix

_WITHOUT_REFERRAL = (
    "Sans dire si cette personne a saisi : elle seule et la coordination le savent.",
    "Whether they referred is left out: they and the coordination alone know it.",
)


@click.group(help=said("Qui peut quoi, et pourquoi.", "Who may what, and why."))
def access() -> None:
    """Gather the commands of access."""


@access.command(
    help=said(
        "Chaque adresse et son droit ; avec --charter, qui peut quoi sous une charte.",
        "Each address and its permission; with --charter, who may what under a charter.",
    )
)
@click.option(
    "--charter", "charter", metavar="ID|FICHIER",
    help=said("Une charte adoptée, ou un fichier.", "An adopted charter, or a file."),
)  # fmt: skip
@json_option
def matrix(charter: str | None) -> None:
    """Print the routes exactly as the reviewed file holds them, or the matrix of a charter."""
    if charter is not None:
        _charter_matrix(_charter(charter))
        return
    with instance() as opened:
        lines = access_matrix(create_app(opened, opened.settings)).splitlines()
    told = [dict(zip(("method", "url", "needs"), line.split(), strict=True)) for line in lines]
    answer(told, *lines)


@access.command(
    help=said(
        "Ce qu’un membre peut faire d’une situation, règle par règle ; ni nom, ni contenu.",
        "What a member may do on a case, rule by rule; no name of it and nothing inside.",
    )
)
@click.option("--member", required=True, help=said("Identifiant ou nom.", "Id or name."))
@click.option("--case", "case", required=True,
              help=said("Identifiant ou référence.", "Id or reference."))  # fmt: skip
@json_option
def explain(member: str, case: str) -> None:
    """Print every decision about a member and a case, with its rule, article and sentence."""
    with instance() as opened:
        whom = member_id(opened, member)
        found = opened.explanations.accesses.explain(root(opened), whom, case)
    told = {"member": found.member_id, "case": found.case_id, "reference": found.reference,
            "group": found.group.id, "charter": found.charter.digest, "facts": found.facts,
            "without_referral": found.blind, "locked": found.locked,
            "exceptional_until": found.exceptional_until,
            "decisions": [_decision(one) for one in found.lines]}  # fmt: skip
    answer(told, *_explained(found))


@access.command(
    help=said(
        "Ce qu’un membre atteint dans chaque groupe, en nombres.",
        "What a member reaches in each group, in numbers.",
    )
)
@click.option("--member", required=True, help=said("Identifiant ou nom.", "Id or name."))
@json_option
def simulate(member: str) -> None:
    """Print, group by group, what holds of a member and in how many cases they may what."""
    with instance() as opened:
        whom = member_id(opened, member)
        found = opened.explanations.accesses.reach(root(opened), whom)
    told = {"member": found.member_id, "locked": found.locked, "without_referral": found.blind,
            "groups": [_reached(one) for one in found.groups]}  # fmt: skip
    lines = [line for one in found.groups for line in _reached_lines(one)]
    answer(told, *lines, said(*_WITHOUT_REFERRAL))


def _charter(named: str) -> Charter:
    """Return a charter by its file, or by the id under which it was adopted."""
    if Path(named).is_file():
        return load(Path(named).read_text(encoding="utf-8"))
    charter_id = click.UUID.convert(named, None, None)
    with instance() as opened, opened.ledger.consult(root(opened), Reason.OPERATION) as work:
        text = gateway.text_of(work.session, opened.council_id, charter_id)
        if text is None:
            raise AccessDenied(Act.CHARTER_READ, "unknown", subject=str(charter_id))
        work.record(Entry(Act.CHARTER_READ, detail={"charter": charter_id}))
    return load(text)


def _charter_matrix(charter: Charter) -> None:
    granted = openings(charter)
    told = [
        {"act": one.wanted.act, "class": one.wanted.class_, "recipient": one.recipient,
         "categories": one.categories, "level": one.rule.level.name.lower(),
         "rule": one.rule.id, "article": one.rule.article, "says": one.rule.says}
        for one in granted
    ]  # fmt: skip
    answer(told, *columns(map(_opening, granted)))


def _opening(one: Opening) -> tuple[str, ...]:
    bodies = "*" if one.every else ",".join(one.categories)
    place = (str(one.wanted), one.recipient, one.rule.level.name.lower())
    return (*place, f"art. {one.rule.article}", one.rule.id, bodies)


def _decision(line: Line) -> dict[str, Any]:
    decision, (act, class_) = line.decision, line.question.wanted
    return {
        "act": act,
        "class": class_,
        "own": line.question.own,
        "allowed": decision.allowed,
        "level": decision.level.name.lower(),
        "reason": decision.reason,
        "rule": decision.rule,
        "article": decision.article,
        "obligations": decision.obligations,
        "sentence": line.sentence,
    }


def _explained(found: Explained) -> Iterable[str]:
    yield f"{found.member_id} · {found.reference or found.case_id} · {found.group.name}"
    yield said("Faits : ", "Facts: ") + " ; ".join(
        FACTS[one] for one in found.facts if one in FACTS
    )
    yield from columns(map(_line, found.lines))
    if found.blind:
        yield said(*_WITHOUT_REFERRAL)


def _line(line: Line) -> tuple[str, ...]:
    decision = line.decision
    verdict = said("oui", "yes") if decision.allowed else said("non", "no")
    rule = decision.rule or decision.reason
    return (asked(line.question), verdict, f"art. {decision.article or '—'}", rule, line.because)


def _reached(one: Reached) -> dict[str, Any]:
    counts = [
        {"act": each.question.wanted.act, "class": each.question.wanted.class_,
         "own": each.question.own, "cases": each.cases}
        for each in one.counts
    ]  # fmt: skip
    return {"group": one.group.id, "facts": one.facts, "counts": counts,
            "decisions": [_decision(each) for each in one.lines]}  # fmt: skip


def _reached_lines(one: Reached) -> Iterable[str]:
    yield one.group.name
    rows = [(asked(each.question), str(each.cases)) for each in one.counts]
    rows += [
        (asked(each.question), said("oui", "yes") if each.decision.allowed else said("non", "no"))
        for each in one.lines
    ]
    yield from columns(rows)
