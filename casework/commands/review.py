"""`casework review`: which bodies said who still works there, and the word of the mayor."""

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import organisation_id
from casework.commands.wording import said
from casework.errors import InvalidInput
from casework.reviews.values import Followed


@click.group(help=said("La revue trimestrielle des accès.", "The quarterly access review."))
def review() -> None:
    """Gather the commands of access reviews."""


@review.command("list", help=said("Qui a répondu, qui est suspendu.", "Who answered, who waits."))
@json_option
def list_all() -> None:
    """Print the newest review of every body, and what ends within a month."""
    with instance() as opened:
        found = opened.reviews.answers.overview(root(opened))
    told = {
        "reviews": [_told(one) for one in found.reviews],
        "endings": [
            {"kind": one.kind.value, "until": one.until_on, "whose": one.whose, "where": one.where}
            for one in found.endings
        ],
    }
    reviews = [
        (one.review.state.value, str(one.review.due_on), one.organisation) for one in found.reviews
    ]
    endings = [(one.kind.value, str(one.until_on), one.whose) for one in found.endings]
    answer(told, *(columns([*reviews, *endings]) or [said("Rien.", "Nothing.")]))


@review.command(
    help=said(
        "Confirmer, sur ordre du maire, la personne seule d’un organisme.",
        "Confirm, by order of the mayor, somebody who is alone in their body.",
    )
)
@click.argument("organisation")
@json_option
def confirm(organisation: str) -> None:
    """Confirm where the coordination cannot: somebody who would confirm themselves."""
    with instance() as opened:
        who, body = root(opened), organisation_id(opened, organisation)
        found = opened.reviews.answers.overview(who)
        waiting = [one.review for one in found.reviews if one.review.organisation_id == body]
        if not waiting:
            sentence = said("Rien n’est demandé à cet organisme.", "That body was asked nothing.")
            raise InvalidInput({"organisation": [sentence]})
        opened.reviews.answers.confirm(who, waiting[0].id, waiting[0].version)
    answer({"confirmed": body}, said("Confirmé.", "Confirmed."))


def _told(one: Followed) -> dict[str, object]:
    found = one.review
    return {
        "organisation": one.organisation,
        "state": found.state.value,
        "opened": found.opened_on,
        "due": found.due_on,
        "suspended": found.suspended_on,
        "said": {
            one.people[who]: word.value for who, word in found.said.items() if who in one.people
        },
    }
