"""A person proves at a terminal who they are, for the length of a command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from casework.accounts.values import Client, SignedIn
from casework.commands.wording import said
from casework.operations.instance import Instance

ASKED: Final = said(
    "Identifiant, mot de passe et code sont demandés, ou lus sur l’entrée standard, une ligne"
    " chacun.",
    "Identifier, password and code are asked for, or read from standard input, a line each.",
)
_HERE: Final = Client("127.0.0.1")


@contextmanager
def signed_in(opened: Instance) -> Iterator[SignedIn]:
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
