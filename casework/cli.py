"""The command line: names and short helps here, everything else loaded when it is asked for."""

import json
import os
from importlib import import_module
from typing import Any, Final, NamedTuple

import click

from casework.commands.wording import said
from casework.errors import (
    CaseworkError,
    CopyFailed,
    InvalidInput,
    KekUnavailable,
    Misconfigured,
    Unavailable,
)

FAULTS: Final = 1
USAGE: Final = 2
UNAVAILABLE: Final = 3


class _Noun(NamedTuple):
    """A module of `casework.commands`, and what its command does in French and in English."""

    module: str
    french: str
    english: str


_NOUNS: Final = {
    "access": _Noun("access", "Qui peut quoi, et pourquoi.", "Who may what, and why."),
    "audit": _Noun("audit", "Vérifier et signer le registre.", "Verify and sign the register."),
    "backup": _Noun("backup", "Les copies des deux bases.", "The copies of both databases."),
    "bench": _Noun("bench", "Mesurer, à côté du clair.", "Measure, beside clear text."),
    "charter": _Noun("charter", "Les chartes signées.", "The signed charters."),
    "council": _Noun("council", "Le conseil que sert cette instance.", "The council served here."),
    "db": _Noun("db", "Les tables des deux bases.", "The tables of the two databases."),
    "demo": _Noun("demo", "Servir une ville inventée.", "Serve an invented town."),
    "doctor": _Noun("doctor", "Examiner l’instance.", "Look over the instance."),
    "group": _Noun("group", "Les groupes où l’on suit.", "The groups that follow cases."),
    "keys": _Noun("keys", "L’état des clés.", "The state of the keys."),
    "org": _Noun("org", "Les organismes partenaires.", "The partner organisations."),
    "retention": _Noun("retention", "Oublier à temps.", "Forget on time."),
    "review": _Noun("review", "La revue des accès.", "The access review."),
    "serve": _Noun("serve", "Servir les pages et l’API.", "Serve the pages and the API."),
    "settings": _Noun("settings", "Contrôler les réglages.", "Check the settings."),
    "staff": _Noun("staff", "Les membres et leurs comptes.", "The members and their accounts."),
    "tick": _Noun("tick", "Faire ce qui est dû.", "Do what is due."),
    "token": _Noun("token", "Les jetons d’une personne.", "The tokens of a person."),
}  # fmt: skip


class Refused(click.ClickException):
    """One of our errors, told to an operator: a sentence a fault, and the exit code."""

    def __init__(self, fault: CaseworkError, *, as_json: bool) -> None:
        """Keep the sentences of `fault`; never its traceback."""
        self.code = fault.code
        self.sentences = _sentences(fault)
        super().__init__("\n".join(self.sentences))
        vars(self)["exit_code"] = _exit_code(fault)
        self._as_json = as_json

    def show(self, file: Any = None) -> None:
        """Write to the standard error."""
        told = {"error": self.code, "faults": self.sentences}
        text = json.dumps(told, ensure_ascii=False) if self._as_json else self.format_message()
        click.echo(text, file=file, err=True)


class Entrance(click.Group):
    """A group whose commands are imported one by one: `casework --help` imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the nouns."""
        del ctx
        return list(_NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a noun and return its command, named as the noun."""
        del ctx
        if cmd_name not in _NOUNS:
            return None
        module = import_module(f"casework.commands.{_NOUNS[cmd_name].module}")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the nouns without importing them."""
        del ctx
        with formatter.section(said("Commandes", "Commands")):
            rows = [(name, said(one.french, one.english)) for name, one in _NOUNS.items()]
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn our errors into sentences and exit codes."""
        try:
            return super().invoke(ctx)
        except CaseworkError as fault:
            raise Refused(fault, as_json=bool(ctx.meta.get("casework.json"))) from fault


_HELP: Final = said(
    "Exploiter casework.\n\nCodes de sortie : 0 fait, 1 défauts trouvés ou refus,"
    " 2 usage ou réglages à revoir, 3 indisponible pour l’instant.",
    "Operate casework.\n\nExit codes: 0 done, 1 faults found or refused,"
    " 2 wrong usage or settings, 3 unavailable now.",
)


@click.group(cls=Entrance, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
def casework() -> None:
    """Operate an instance."""


def main() -> None:
    """Run the command line. Whatever it writes is for its owner alone."""
    os.umask(0o077)
    casework()


def _exit_code(fault: CaseworkError) -> int:
    if isinstance(fault, Misconfigured | InvalidInput):
        return USAGE
    return UNAVAILABLE if isinstance(fault, Unavailable) else FAULTS


def _sentences(fault: CaseworkError) -> list[str]:
    if isinstance(fault, Misconfigured):
        return list(fault.faults)
    if isinstance(fault, InvalidInput):
        pairs = fault.fields.items()
        return [f"{name}: {sentence}" for name, sentences in pairs for sentence in sentences]
    if isinstance(fault, KekUnavailable | CopyFailed):
        return [str(fault)]
    return [_told().get(fault.code) or str(fault) or fault.code]


def _told() -> dict[str, str]:
    """Return the sentences of refusals whose own words are for the register."""
    return {
        "sign-in-refused": said(
            "Identifiant, mot de passe ou code refusé.", "Identifier, password or code refused."
        ),
        "too-many-attempts": said(
            "Trop d’essais : attendez avant de recommencer.", "Too many attempts: wait a while."
        ),
        "not-found": said("Refusé, ou rien de tel ici.", "Refused, or no such thing here."),
        "unavailable": said(
            "Indisponible pour l’instant ; rien n’a été fait.", "Unavailable; nothing was done."
        ),
    }
