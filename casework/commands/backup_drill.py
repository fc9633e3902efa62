"""`casework backup drill`: whether copies would bring everything back, as a dated page."""

from pathlib import Path
from typing import Any

import click

from casework.commands.acting import instance, root
from casework.commands.backup_options import (
    copies_argument,
    identity_option,
    named_copies,
    read_identity,
)
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.keys_verify import fault_told
from casework.commands.wording import said
from casework.operations.backups.copies import Copy, copies_in, folder_of
from casework.operations.backups.creating import require_backups
from casework.operations.backups.drilling import Drill
from casework.operations.backups.drilling import drill as try_copies
from casework.operations.instance import Instance
from casework.operations.schema import Schema


@click.command(
    help=said(
        "Essayer les copies à part : elles s’ouvrent, le registre tient, les clés aussi.",
        "Try copies elsewhere: they open, the register holds, so do the keys.",
    )
)
@identity_option
@copies_argument(required=False)
@json_option
def drill(identity: Path, copies: tuple[Path, ...]) -> None:
    """Try the copies named, or the newest of each; exit code 1 when something does not hold."""
    with instance() as opened:
        known = named_copies(copies) or _newest(opened)
        if len(known) < len(Schema):
            raise click.UsageError(
                said("Il faut une copie de chaque base.", "One copy of each database is needed.")
            )
        found = try_copies(opened, known, read_identity(identity), root(opened))
        at = opened.edges.clock.now()
    answer({"at": at.isoformat(), **_told(found)}, f"{at:%d/%m/%Y %H:%M} UTC", *_lines(found))
    if not found.sound:
        found_faults()


def _newest(opened: Instance) -> list[Copy]:
    backups = require_backups(opened.settings)
    found = [copies_in(folder_of(backups, one), one, opened.council_id)[-1:] for one in Schema]
    return [one for newest in found for one in newest]


def _told(found: Drill) -> dict[str, Any]:
    return {
        "sound": found.sound,
        "copies": {one.schema.value: one.made_at.isoformat() for one in found.copies},
        "made_here": found.made_here,
        "beginning": found.beginning,
        "lines": found.register.size,
        "signed": found.register.signed,
        "register_faults": found.register.fault_count,
        "key_faults": [fault_told(one) for one in found.keys.faults],
        "living": found.keys.living,
        "tried": found.trial.tried,
        "drawn": found.trial.drawn,
        "members": found.trial.members,
        "broken": found.trial.broken,
    }


def _lines(found: Drill) -> list[str]:
    """Return the dated page that is kept: what was tried, and what holds."""
    trial, register = found.trial, found.register
    rows = [
        *((_label(one.schema), f"{one.made_at:%d/%m/%Y %H:%M} UTC") for one in found.copies),
        (said("fichiers tels qu’ils furent faits ici", "files as they were made here"),
         _yes(found.made_here)),
        (said("leur registre est le début du registre en service",
              "their register is the beginning of the one in use"), _yes(found.beginning)),
        (said("lignes du registre, dont signées", "lines of the register, signed ones"),
         f"{register.size}, {register.signed}"),
        (said("contradictions du registre", "contradictions of the register"),
         str(register.fault_count)),
        (said("parties vivantes", "living parts"), str(found.keys.living)),
        (said("clés essayées, dont bonnes", "keys tried, good ones"),
         f"{trial.tried}, {trial.drawn}"),
        (said("tenues par des membres seuls", "held by members alone"), str(trial.members)),
        (said("mauvaises", "bad ones"), str(trial.broken)),
    ]  # fmt: skip
    whole = (
        said("Ces copies remettraient tout.", "These copies would bring everything back.")
        if found.sound
        else said("Ces copies ne suffisent pas.", "These copies do not suffice.")
    )
    return [*columns(rows), *map(fault_told, found.keys.faults), whole]


def _label(schema: Schema) -> str:
    if schema is Schema.MAIN:
        return said("copie de la base principale", "copy of the main database")
    return said("copie du magasin de clés", "copy of the key store")


def _yes(holds: bool) -> str:
    return said("oui", "yes") if holds else said("non", "no")
