"""`casework charter diff`: what becomes allowed or refused between two texts, and for how many."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.comparing import Right, Turn, compare
from casework.charters.differences import Difference, differences
from casework.charters.effects import Effect, Effects, LiveGroup
from casework.charters.lifecycle import require_readable, require_successor
from casework.charters.loading import load
from casework.charters.wording import effect_said, right_said
from casework.charters.wording_of_texts import sides_of, title_of
from casework.clock import local_day
from casework.commands.acting import instance, root
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason
from casework.operations.instance import Instance


@click.command(
    help=said(
        "Dire ce qui devient autorisé ou refusé. A et B : un fichier, ou l’identifiant d’un texte.",
        "Say what becomes allowed or refused. A and B: a file, or the id of a text.",
    )
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@json_option
def diff(before: str, after: str) -> None:
    """Compare two texts; beside one that groups work under, also on their cases of today."""
    with ExitStack() as stack:
        files = [Path(one).is_file() for one in (before, after)]
        opened = None if all(files) else stack.enter_context(instance())
        old = _charter(opened, before, file=files[0])
        new = _charter(opened, after, file=files[1])
        _require_one_kind(old, new)
        groups = _groups(opened, before) if opened and not files[0] else []
        bodies = _bodies(opened) if opened else {}
        live = [(group, Effects(old, new).of(group)) for group in groups]
    rights, others = compare(old, new), differences(old, new)
    told = {
        "before": _named(old),
        "after": _named(new),
        "rights": [_right_told(one) for one in rights],
        "differences": [_difference_told(one) for one in others],
        "groups": [_group_told(group, effects, bodies) for group, effects in live],
    }
    answer(told, *_lines(rights, others, live, bodies))


def _charter(opened: Instance | None, named: str, *, file: bool) -> Charter:
    if file:
        text = Path(named).read_text(encoding="utf-8")
        require_readable(text)
        return load(text)
    if opened is None:
        raise LookupError("a text that is no file needs an instance")
    charter_id = _id_of(named)
    with opened.ledger.consult(root(opened), Reason.OPERATION) as work:
        version = gateway.version(work.session, opened.council_id, charter_id)
        if version is None:
            raise AccessDenied(Act.CHARTER_READ, "unknown", subject=named)
        charter = opened.library.of(work.session, opened.council_id, charter_id)
        work.record(Entry(Act.CHARTER_READ, detail={"charter": charter_id}))
    return charter


def _id_of(named: str) -> UUID:
    try:
        return UUID(named)
    except ValueError:
        sentence = said(
            f"« {named} » n’est ni un fichier ni un identifiant.", "Neither file nor id."
        )
        raise InvalidInput({"charter": [sentence]}) from None


def _require_one_kind(old: Charter, new: Charter) -> None:
    if old.kind is not new.kind:
        require_successor(new, old)


def _groups(opened: Instance, named: str) -> list[LiveGroup]:
    today = local_day(opened.edges.clock.now())
    return opened.charter_house.live(opened.council_id, _id_of(named), today)


def _bodies(opened: Instance) -> dict[UUID, str]:
    return {one: body.name for one, body in opened.directory.organisations().items()}


def _lines(
    rights: Iterable[Right],
    others: Iterable[Difference],
    live: Iterable[tuple[LiveGroup, list[Effect]]],
    bodies: Mapping[UUID, str],
) -> Iterable[str]:
    lines = [
        (one.change.turn, _with_article(right_said(one, str), one.change.article)) for one in rights
    ]
    yield from _by_turn(lines)
    for one in others:
        before, after = sides_of(one, str)
        yield f"{title_of(one, str)} : {_short(before)} → {_short(after)}"
    for group, effects in live:
        yield ""
        yield said(f"Aujourd’hui, {group.name} :", f"Today, {group.name}:")
        yield from _by_turn((one.change.turn, _counted(one, bodies)) for one in effects)
        if not effects:
            yield said("  personne ne gagne ni ne perd d’accès", "  nobody gains or loses access")


_TITLES = {
    Turn.OPENED: ("Devient autorisé", "Becomes allowed"),
    Turn.CLOSED: ("Devient refusé", "Becomes refused"),
    Turn.ALTERED: ("Demande autre chose", "Asks for something else"),
}


def _by_turn(lines: Iterable[tuple[Turn, str]]) -> Iterable[str]:
    found = list(lines)
    for turn, words in _TITLES.items():
        mine = [line for one, line in found if one is turn]
        if mine:
            yield said(*words)
            yield from (f"  - {line}" for line in mine)


def _with_article(words: str, article: str) -> str:
    return f"{words} (art. {article})" if article else words


def _counted(one: Effect, bodies: Mapping[UUID, str]) -> str:
    words = _with_article(effect_said(one, bodies[one.body_id], str), one.change.article)
    return words if one.cases is None else f"{words} [{one.cases}]"


def _short(text: str) -> str:
    return text.partition("\n")[0] or "—"


def _named(charter: Charter) -> dict[str, Any]:
    return {"title": charter.title, "version": charter.version, "digest": charter.digest}


def _right_told(one: Right) -> dict[str, Any]:
    return {
        "turn": one.change.turn,
        "article": one.change.article,
        "who": one.tie,
        "categories": one.categories,
        "wanted": [str(each) for each in one.wanted],
        "when": [dict(each) for each in one.when],
        "more": one.change.more,
        "says": right_said(one, str),
    }


def _difference_told(one: Difference) -> dict[str, str]:
    return {"topic": one.topic, "name": one.name, "before": one.before, "after": one.after}


def _group_told(
    group: LiveGroup, effects: Iterable[Effect], bodies: Mapping[UUID, str]
) -> dict[str, Any]:
    told = [
        {
            "turn": one.change.turn,
            "article": one.change.article,
            "organisation": one.body_id,
            "who": one.tie,
            "wanted": [str(each) for each in one.wanted],
            "cases": one.cases,
            "running": one.running,
            "people": one.people,
            "grave": one.grave,
            "says": effect_said(one, bodies[one.body_id], str),
        }
        for one in effects
    ]
    return {"name": group.name, "cases": group.size, "people": len(group.seated), "effects": told}
