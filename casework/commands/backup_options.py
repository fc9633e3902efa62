"""What commands about copies are told: the file that opens them, and which copies."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from casework.commands.wording import said
from casework.crypto import age
from casework.errors import Misconfigured
from casework.keys.kek.private_files import read_private
from casework.operations.backups.copies import Copy
from casework.operations.backups.restoring import known_copies

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def identity_option(command: Command) -> Command:
    """Give a command the file that opens copies; never the key itself, which others would see."""
    return click.option(
        "--identity",
        type=_FILE,
        required=True,
        help=said("Le fichier qui ouvre les copies.", "The file that opens the copies."),
    )(command)


def copies_argument(*, required: bool) -> Callable[[Command], Command]:
    """Give a command the files of copies."""
    return click.argument("copies", type=_FILE, nargs=-1, required=required)


def named_copies(paths: Sequence[Path]) -> list[Copy]:
    """Return the copies that were named, one of each database at most."""
    found = known_copies(paths)
    if len({one.schema for one in found}) < len(found):
        raise click.UsageError(
            said("Une copie de chaque base, pas plus.", "One copy of each database, no more.")
        )
    return found


def read_identity(file: Path) -> str:
    """Return an identity. Raises `Misconfigured` when others can read it, or it is none."""
    text = read_private(file, said("la clé des copies", "the key of copies"))
    try:
        age.recipient_of(text)
    except ValueError:
        raise Misconfigured([f"{file} holds no age identity"]) from None
    return text
