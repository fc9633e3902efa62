"""`casework group`: the groups in which cases are followed, each under one charter."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import click

from casework.charters.vocabulary import CaseKind
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import organisation_id
from casework.commands.wording import said
from casework.db.engine import Scope
from casework.operations.instance import Instance
from casework.partners.values import Group, NewGroup


@click.group(help=said("Les groupes où l’on suit.", "The groups that follow cases."))
def group() -> None:
    """Gather the commands of groups."""


@group.command(help=said("Fonder un groupe.", "Found a group."))
@click.argument("name")
@click.option(
    "--prefix", required=True, help=said("Début des références.", "How references begin.")
)
@click.option("--kind", type=click.Choice([one.value for one in CaseKind]), default="followup")
@click.option("--commune", "communes", multiple=True, required=True, metavar="INSEE")
@click.option("--coordinating", required=True, metavar="ORG")
@click.option("--charter", "charter_id", type=click.UUID, required=True)
@json_option
def add(kind: str, communes: tuple[str, ...], coordinating: str, **named: Any) -> None:
    """Found a group under an adopted charter."""
    with instance() as opened:
        wanted = NewGroup(
            kind=CaseKind(kind),
            communes=frozenset(communes),
            coordinating_id=organisation_id(opened, coordinating),
            **named,
        )
        added = opened.groups.add(root(opened), wanted)
    answer({"group": added}, str(added))


@group.command("list", help=said("Les montrer tous.", "Show them all."))
@json_option
def list_all() -> None:
    """Print every group by name, with what its charter calls such a group."""
    with instance() as opened:
        found = opened.groups.list(root(opened))
        called = _called(opened, found)
    told = [
        {
            "id": one.id,
            "name": one.name,
            "prefix": one.prefix,
            "kind": one.kind.value,
            "called": called[one.charter_id],
        }
        for one in found
    ]
    answer(
        told,
        *columns((str(one.id), one.prefix, called[one.charter_id], one.name) for one in found),
    )


def _called(opened: Instance, groups: Sequence[Group]) -> dict[UUID, str]:
    """Return what each charter in force calls its groups, by its id."""
    council_id = opened.council_id
    with opened.stores.main.reading(Scope(council_id, whole=True)) as session:
        return {
            one.charter_id: opened.charters.of_version(session, council_id, one.charter_id).group
            for one in groups
        }
