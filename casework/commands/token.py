"""`casework token`: bearer tokens. A person makes their own, having proved who they are."""

from uuid import UUID

import click

from casework.accounts.tokens import NewToken
from casework.commands.acting import instance
from casework.commands.console import answer, json_option
from casework.commands.proving import ASKED, signed_in
from casework.commands.wording import said
from casework.web.permissions import Permission


@click.group(help=said("Les jetons d’une personne.", "The tokens of a person."))
def token() -> None:
    """Gather the commands of tokens."""


@token.command(help=said(f"Faire un jeton. {ASKED}", f"Make a token. {ASKED}"))
@click.option("--label", required=True, help=said("À quoi il sert.", "What it is for."))
@click.option("--scope", "scopes", multiple=True, required=True,
              type=click.Choice([one.value for one in Permission]))  # fmt: skip
@click.option("--days", type=click.IntRange(1, 90), default=30, show_default=True)
@json_option
def add(label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token in one's own name; its text is shown this once."""
    new = NewToken(label, frozenset(map(Permission, scopes)), days)
    with instance() as opened, signed_in(opened) as signed:
        tokens = opened.account_services.tokens
        made, text = tokens.add(signed.principal, signed.reason, new)
    answer({"token": made.id, "text": text, "until": made.expires_at}, str(made.id), text)


@token.command(help=said(f"Révoquer son jeton. {ASKED}", f"Revoke one’s token. {ASKED}"))
@click.argument("token_id", type=click.UUID)
@json_option
def revoke(token_id: UUID) -> None:
    """End one of one's own tokens at once."""
    with instance() as opened, signed_in(opened) as signed:
        opened.account_services.tokens.revoke(signed.principal, signed.reason, token_id)
    answer({"revoked": token_id}, said("Jeton révoqué.", "Token revoked."))
