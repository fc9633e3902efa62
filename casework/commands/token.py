"""`casework token`: bearer tokens. A person makes their own, having proved who they are."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click

from casework.accounts.tokens import NewToken
from casework.accounts.values import Client, SignedIn
from casework.commands.acting import instance
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.operations.instance import Instance
from casework.web.permissions import Permission

_HERE = Client("127.0.0.1")
_ASKED = said(
    "Identifiant, mot de passe et code sont demandés, ou lus sur l’entrée standard, une ligne"
    " chacun.",
    "Identifier, password and code are asked for, or read from standard input, a line each.",
)


@click.group(help=said("Les jetons d’une personne.", "The tokens of a person."))
def token() -> None:
    """Gather the commands of tokens."""


@token.command(help=said(f"Faire un jeton. {_ASKED}", f"Make a token. {_ASKED}"))
@click.option("--label", required=True, help=said("À quoi il sert.", "What it is for."))
@click.option("--scope", "scopes", multiple=True, required=True,
              type=click.Choice([one.value for one in Permission]))  # fmt: skip
@click.option("--days", type=click.IntRange(1, 90), default=30, show_default=True)
@json_option
def add(label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token in one's own name; its text is shown this once."""
    new = NewToken(label, frozenset(map(Permission, scopes)), days)
    with instance() as opened, _signed_in(opened) as signed:
        tokens = opened.account_services.tokens
        made, text = tokens.add(signed.principal, signed.reason, new)
    answer({"token": made.id, "text": text, "until": made.expires_at}, str(made.id), text)


@token.command(help=said(f"Révoquer son jeton. {_ASKED}", f"Revoke one’s token. {_ASKED}"))
@click.argument("token_id", type=click.UUID)
@json_option
def revoke(token_id: UUID) -> None:
    """End one of one's own tokens at once."""
    with instance() as opened, _signed_in(opened) as signed:
        opened.account_services.tokens.revoke(signed.principal, signed.reason, token_id)
    answer({"revoked": token_id}, said("Jeton révoqué.", "Token revoked."))


@contextmanager
def _signed_in(opened: Instance) -> Iterator[SignedIn]:
    """Open a session for the length of a command."""
    login, password, code = _proofs()
    signing_in, sessions = opened.account_services.signing_in, opened.account_services.sessions
    half = signing_in.sign_in(login, password, _HERE)
    signed = signing_in.verify_code(half, code, _HERE)
    try:
        yield signed
    finally:
        session = sessions.session_of(signed.secret)
        if session is not None:
            sessions.sign_out(session)


def _proofs() -> tuple[str, str, str]:
    """Return identifier, password and code: never from the arguments, which others can see."""
    if not sys.stdin.isatty():
        login, password, code = (sys.stdin.readline().rstrip("\n") for _ in range(3))
        return login, password, code
    login = click.prompt(said("Identifiant", "Identifier"), err=True)
    password = click.prompt(said("Mot de passe", "Password"), hide_input=True, err=True)
    code = click.prompt(said("Code à six chiffres", "Six-figure code"), err=True)
    return login, password, code
