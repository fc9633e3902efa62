"""`casework staff`: the members of the partners, their mandates, and the keys to the door."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import click

from casework.accounts.values import Activation
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import group_id, member_id, organisation_id
from casework.commands.wording import said
from casework.identity import Role
from casework.operations.instance import Instance
from casework.partners.values import NewMandate, PersonName

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=said("Les membres et leurs comptes.", "The members and their accounts."))
def staff() -> None:
    """Gather the commands of members."""


@staff.command(
    help=said(
        "Ajouter un membre et son compte ; le code affiché se remet en main propre.",
        "Add a member and their account; hand the code over in person.",
    )
)
@click.argument("organisation")
@click.option("--civility", type=click.Choice(["Mme", "M."]), required=True)
@click.option("--given", required=True, help=said("Prénom.", "Given name."))
@click.option("--family", required=True, help=said("Nom.", "Family name."))
@click.option("--login", required=True, help=said("Identifiant.", "Identifier."))
@json_option
def add(organisation: str, civility: str, given: str, family: str, login: str) -> None:
    """Add a person of a body, and an account that waits for its one-time code."""
    with instance() as opened:
        who, body = root(opened), organisation_id(opened, organisation)
        added = opened.members.add(who, body, PersonName(civility, given, family))
        made = opened.account_services.enrolment.add_account(who, added, login)
    _hand_over(added, made)


@staff.command(
    help=said("Refaire l’accès d’un membre, sans son mot de passe.", "Give a member a new code.")
)
@click.argument("member")
@json_option
def reset(member: str) -> None:
    """Take every proof from an account and print a new one-time code."""
    with instance() as opened:
        chosen = member_id(opened, member)
        made = opened.account_services.enrolment.reset(root(opened), chosen)
    _hand_over(chosen, made)


@staff.command(help=said("Fermer le service à un membre, à l’instant.", "Lock a member out, now."))
@click.argument("member")
@json_option
def lock(member: str) -> None:
    """End the sessions and tokens of a member and let them in no more."""
    with instance() as opened:
        chosen = member_id(opened, member)
        opened.account_services.enrolment.lock_member(root(opened), chosen)
    answer({"locked": chosen}, said("Accès fermé.", "Locked."))


@staff.command(
    help=said(
        "Faire partir un membre : mandats, accès et clés prennent fin ; son organisme reste.",
        "Let a member leave: mandates, access and keys end; their organisation stays.",
    )
)
@click.argument("member")
@json_option
def leave(member: str) -> None:
    """Let a person go, and say what is to be done after them."""
    with instance() as opened:
        counts = opened.member_leaving.leave(root(opened), member_id(opened, member))
    answer(counts, *columns((_COUNTED[one](), str(count)) for one, count in counts.items()))


@staff.command(help=said("Donner un mandat.", "Give a mandate."))
@click.argument("member")
@click.option("--role", type=click.Choice([one.value for one in Role]), default="member")
@click.option("--group", help=said("Nom ou préfixe du groupe.", "Name or prefix of the group."))
@click.option("--from", "from_on", type=DAY, required=True, metavar="AAAA-MM-JJ")
@click.option("--until", "until_on", type=DAY, required=True, metavar="AAAA-MM-JJ")
@json_option
def mandate(
    member: str, role: str, group: str | None, from_on: datetime, until_on: datetime
) -> None:
    """Give a mandate by order of the mayor."""
    with instance() as opened:
        days = (from_on.date(), until_on.date())
        wanted = _mandate(opened, (member, group), Role(role), days)
        given = opened.members.give_mandate(root(opened), wanted)
    answer({"mandate": given}, str(given))


@staff.command("list", help=said("Les montrer tous.", "Show them all."))
@json_option
def list_all() -> None:
    """Print every member by family name: professional identity only."""
    with instance() as opened:
        who = root(opened)
        bodies = {one.id: one.name for one in opened.organisations.list(who)}
        found = [(one, bodies[one.organisation_id]) for one in opened.members.list(who)]
    told = [
        {"id": one.id, "name": one.name.full, "organisation": body, "locked": one.locked}
        for one, body in found
    ]
    closed = {True: said("fermé", "locked"), False: ""}
    rows = ((str(one.id), one.name.full, body, closed[one.locked]) for one, body in found)
    answer(told, *columns(rows))


_COUNTED: Final[Mapping[str, Callable[[], str]]] = {
    "mandates": lambda: said("mandats terminés", "mandates ended"),
    "named": lambda: said("situations quittées", "cases left"),
    "led": lambda: said("situations qui attendent un autre référent", "cases to give another lead"),
    "due": lambda: said(
        "clé d’organisme que ses membres doivent renouveler",
        "key that the organisation’s members have to renew",
    ),
    "cards": lambda: said(
        "carte de la clé de secours : faites une autre clé",
        "card of the emergency key: make another key",
    ),
}


def _mandate(
    opened: Instance, who: tuple[str, str | None], role: Role, days: tuple[date, date]
) -> NewMandate:
    member, group = who
    return NewMandate(
        member_id=member_id(opened, member),
        role=role,
        from_on=days[0],
        until_on=days[1],
        group_id=group_id(opened, group) if group else None,
    )


def _hand_over(member: UUID, made: Activation) -> None:
    told = {"member": member, "login": made.login, "code": made.code, "until": made.until}
    until = f"{made.until:%Y-%m-%d %H:%M} UTC"
    answer(
        told,
        said(f"Identifiant : {made.login}", f"Identifier: {made.login}"),
        said(f"Code d’activation : {made.code}", f"Activation code: {made.code}"),
        said(f"Valable jusqu’au {until}.", f"Valid until {until}."),
    )
