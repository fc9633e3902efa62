"""`casework keys escrow`: custodians, what is entrusted, openings asked for. Never a card."""

from typing import Any
from uuid import UUID

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import member_id, organisation_id
from casework.commands.wording import said
from casework.errors import StepRefused
from casework.keys.recovery.values import Kind, Subject, Why
from casework.keys.service.escrows import EscrowStatus


class Spoken(click.Group):
    """A group that tells a refused step in words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the register knows by a code becomes a sentence."""
        try:
            return super().invoke(ctx)
        except StepRefused as fault:
            raise StepRefused(_refused().get(fault.reason, fault.reason)) from fault


@click.group(
    cls=Spoken, help=said("La clé de secours et ses gardiens.", "The escrow and its custodians.")
)
def escrow() -> None:
    """Gather the commands of the escrow."""


@escrow.command(
    help=said(
        "Désigner les gardiens ; chacun tire ensuite sa carte dans sa session.",
        "Name the custodians; each then draws their card in their own session.",
    )
)
@click.option("--threshold", type=int, required=True, help=said("Cartes nécessaires.", "Needed."))
@click.option("--custodian", "members", multiple=True, required=True, metavar="MEMBRE")
@json_option
def create(threshold: int, members: tuple[str, ...]) -> None:
    """Name two to seven custodians, and how many of them open."""
    with instance() as opened:
        chosen = [member_id(opened, one) for one in members]
        made = opened.recovery.escrows.create(root(opened), threshold, chosen)
    answer({"escrow": made}, str(made))


@escrow.command(
    help=said(
        "Confier les clés des organismes que le service sait ouvrir.",
        "Entrust the keys of the bodies that the service can open.",
    )
)
@json_option
def enrol() -> None:
    """Seal every secret in server custody to the escrow; members entrust the others."""
    with instance() as opened:
        done = opened.recovery.escrows.enrol_all(root(opened))
    counted = said(f"{len(done)} clés confiées.", f"{len(done)} keys entrusted.")
    answer({"enrolled": done}, counted)


@escrow.command(help=said("Où en est la clé de secours.", "Where the escrow stands."))
@json_option
def status() -> None:
    """Print cards drawn and organisations enrolled, by ids."""
    with instance() as opened:
        found = [_told(one) for one in opened.recovery.escrows.status(root(opened))]
    rows = (tuple(str(value) for value in one.values()) for one in found)
    answer(found, *columns(rows))


@escrow.group(help=said("Demander une ouverture.", "Ask for an opening."))
def ask() -> None:
    """Gather what an operator may ask of the custodians."""


@ask.command(help=said("Rendre sa clé à un membre.", "Give a member their key back."))
@click.argument("member")
@json_option
def recover(member: str) -> None:
    """Ask the custodians to give a member the key of their body."""
    with instance() as opened:
        chosen = member_id(opened, member)
        made = opened.recovery.asking.recover(root(opened), chosen, Why.FORGOTTEN)
    _asked(made)


@ask.command(help=said("Répéter, sans rien ouvrir de vrai.", "Rehearse; nothing real opens."))
@json_option
def rehearsal() -> None:
    """Ask the custodians for a rehearsal."""
    with instance() as opened:
        made = opened.recovery.asking.rehearsal(root(opened))
    _asked(made)


@ask.command(
    help=said(
        "Prêter une situation en urgence, deux heures au plus.",
        "Lend a case in an emergency, for two hours at most.",
    )
)
@click.option("--case", "case_id", type=click.UUID, required=True)
@click.option("--from", "granter", required=True, help=said("Qui détient.", "Who holds it."))
@click.option("--to", "borrower", required=True, help=said("Qui reçoit.", "Who receives it."))
@click.option("--minutes", type=click.IntRange(1, 120), default=60, show_default=True)
@json_option
def exception(case_id: UUID, granter: str, borrower: str, minutes: int) -> None:
    """Ask the custodians to lend what a body in member custody holds of a case."""
    with instance() as opened:
        subject = Subject(
            Kind.EXCEPTION,
            Why.DANGER,
            organisation_id=organisation_id(opened, granter),
            case_id=case_id,
            borrower_id=organisation_id(opened, borrower),
            minutes=minutes,
        )
        made = opened.recovery.asking.exception(root(opened), subject)
    _asked(made)


def _refused() -> dict[str, str]:
    return {
        "no-escrow": said(
            "Aucune clé de secours n’est prête : des cartes restent à tirer.",
            "No escrow is ready: some cards are still to be drawn.",
        ),
        "not-enrolled": said(
            "Cet organisme n’a pas confié sa clé.", "This body has not entrusted its key."
        ),
        "not-waiting": said(
            "Ce membre n’attend pas de clé, ou ne s’est pas encore reconnecté.",
            "This member waits for no key, or has not signed in again yet.",
        ),
        "nothing-to-lend": said(
            "Cet organisme n’a rien à prêter de cette situation.",
            "This body has nothing to lend of this case.",
        ),
    }


def _asked(ceremony_id: UUID) -> None:
    sentence = said(
        "Demandé : les gardiens le voient sur leur accueil, pendant une demi-heure.",
        "Asked: the custodians see it on their home page, for half an hour.",
    )
    answer({"ceremony": ceremony_id}, str(ceremony_id), sentence)


def _told(one: EscrowStatus) -> dict[str, Any]:
    kept = one.escrow
    state = "retired" if kept.retired_at else "active" if kept.active else "drawing"
    return {
        "escrow": kept.id,
        "state": state,
        "threshold": kept.threshold,
        "custodians": len(kept.custodians),
        "drawn": one.drawn,
        "enrolled": len(one.enrolled),
        "organisations": len(one.organisations),
    }
