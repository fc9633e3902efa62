"""`casework backup`: copies of the two databases, made, put back, and tried."""

from pathlib import Path

import click

from casework.commands.acting import instance, operator_name, read_settings, root
from casework.commands.backup_drill import drill
from casework.commands.backup_options import (
    copies_argument,
    identity_option,
    named_copies,
    read_identity,
)
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.keys_verify import fault_told
from casework.commands.wording import said
from casework.crypto import age
from casework.errors import Misconfigured
from casework.keys.kek.private_files import create_private
from casework.operations.backups.creating import Made
from casework.operations.backups.creating import create as make
from casework.operations.backups.restoring import Restored
from casework.operations.backups.restoring import restore as put_back
from casework.operations.instance import system_edges


@click.group(help=said("Les copies des deux bases.", "The copies of the two databases."))
def backup() -> None:
    """Gather the commands of copies."""


@backup.command(
    help=said(
        "Tirer la clé qui ouvre les copies, dans un fichier à garder loin d’ici.",
        "Draw the key that opens copies, into a file to keep away from here.",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def key(file: Path) -> None:
    """Write an age identity, 0600, and print who it is for: the line of a setting."""
    identity, recipient = age.draw_identity()
    try:
        create_private(file, f"# {recipient}\n{identity}\n".encode())
    except FileExistsError:
        raise Misconfigured([f"{file} exists: a key is never overwritten"]) from None
    answer({"recipient": recipient}, f"CASEWORK_BACKUP_RECIPIENTS={recipient}")


@backup.command(
    help=said(
        "Copier la base principale, puis le magasin de clés, chacun dans son dossier.",
        "Copy the main database, then the key store, each into its folder.",
    )
)
@json_option
def create() -> None:
    """Make both copies, while people work; end what is older than promised."""
    with instance() as opened:
        done = make(opened, root(opened))
    made = [_told(one) for one in done.made]
    rows = [(str(one.copy.path), f"{one.size} {said('octets', 'bytes')}") for one in done.made]
    ended = said(
        f"Anciennes copies effacées : {done.ended}.",
        f"Old copies deleted: {done.ended}.",
    )
    answer({"copies": made, "ended": done.ended}, *columns(rows), *([ended] if done.ended else []))


def _told(one: Made) -> dict[str, object]:
    return {
        "database": one.copy.schema.value,
        "file": str(one.copy.path),
        "bytes": one.size,
        "sha256": one.digest,
    }


@backup.command(
    help=said(
        "Remettre des copies là où il n’y a plus rien, service arrêté.",
        "Put copies back where nothing is left, with the service stopped.",
    )
)
@identity_option
@copies_argument(required=True)
@json_option
def restore(identity: Path, copies: tuple[Path, ...]) -> None:
    """Put back the copies named, one of each database at most; exit code 1 when they differ."""
    known = named_copies(copies)
    done = put_back(
        read_settings(), system_edges(), known, read_identity(identity), operator_name()
    )
    faults = [fault_told(one) for one in done.findings.faults] if done.findings else []
    told = {
        "restored": [str(one.path) for one in done.copies],
        "complete": done.findings is not None,
        "faults": faults,
    }
    answer(told, *(str(one.path) for one in done.copies), _next(done), *faults)
    if faults:
        found_faults()


def _next(done: Restored) -> str:
    if done.findings is None:
        return said(
            "Remettez l’autre base, puis : casework doctor",
            "Put the other database back, then: casework doctor",
        )
    return said(
        "Puis : casework retention run, casework doctor, et rallumer le service.",
        "Then: casework retention run, casework doctor, and start the service.",
    )


backup.add_command(drill)
