"""`casework keys`: what holds the keys, and how many there are. Never a key."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import click

from casework.audit.actions import Act
from casework.commands.acting import instance, note, root
from casework.commands.console import answer, columns, json_option
from casework.commands.escrow import escrow
from casework.commands.keys_custody import custody
from casework.commands.keys_decoy import decoy
from casework.commands.keys_rotate import draw, rewrap, rotate, rotation_status
from casework.commands.keys_verify import verify
from casework.commands.registrar import registrar
from casework.commands.wording import said
from casework.db.engine import Scope
from casework.keys.status import OrganisationStatus
from casework.keys.words import fingerprint
from casework.operations.instance import Instance


@click.group(help=said("L’état des clés.", "The state of the keys."))
def keys() -> None:
    """Gather the commands of keys."""


for command in (rotate, rewrap, draw):
    keys.add_command(command)
keys.add_command(escrow)
keys.add_command(custody)
keys.add_command(registrar)


@keys.command(help=said("Compter et situer, sans rien ouvrir.", "Count and locate; open nothing."))
@json_option
def status() -> None:
    """Print where the KEK, the custodies, the epochs and the key store stand."""
    with instance() as opened:
        note(opened, Act.OPERATOR_ACTED, {"task": "keys:status"})
        found = opened.key_status.of(opened.council_id)
        told = {
            "kek": opened.settings.kek.partition(":")[0],
            "kek_version": opened.stores.provider.current_version(),
            **rotation_status(opened),
            **_registrar(opened),
            "due": found.due,
            "former": found.former,
            "epochs": {str(epoch): parts for epoch, parts in found.epochs.items()},
            "unadmitted": found.unadmitted,
            "peppers": found.peppers,
            "erased": found.erased,
            "unfinished_erasures": len(opened.erasure.unfinished(opened.council_id)),
        }
        names = {one.id: one.name for one in opened.organisations.list(root(opened))}
    bodies = [_told(names, one) for one in found.organisations]
    counts = columns((name, _plain(value)) for name, value in told.items())
    table = columns(tuple(str(value) for value in body.values()) for body in bodies)
    answer({**told, "organisations": bodies}, *counts, "", *table)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} × {count}" for name, count in value.items())
    return str(value)


def _registrar(opened: Instance) -> dict[str, Any]:
    """Return whose word counts for public keys, in six words, and how many wait for it."""
    with opened.stores.main.reading(Scope(opened.council_id, whole=True)) as session:
        found = opened.registrar.status(session, opened.council_id)
    announced = " ".join(fingerprint(found.announced)) if found.announced else None
    return {
        "registrar": "offline" if found.offline else "simple",
        "registrar_words": " ".join(fingerprint(found.public)),
        "registrar_announced": announced,
        "registrar_waiting": found.waiting,
    }


def _told(names: Mapping[UUID, str], one: OrganisationStatus) -> dict[str, Any]:
    return {
        "organisation": names.get(one.organisation_id, str(one.organisation_id)),
        "custody": one.custody.value,
        "version": one.version,
        "holders": one.holders,
        "keys": one.keys,
        "pending": one.pending,
        "behind": one.behind,
        "faults": ", ".join(one.faults),
    }


keys.add_command(decoy)
keys.add_command(verify)
