"""`casework db`: bring the tables of both databases up to date, check them, open one by hand."""

import sys

import click

from casework.audit.actions import Act
from casework.commands.acting import instance, note, operator_name, read_settings
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.keys.kek.file_keys import load_file_key
from casework.operations.founding import councils
from casework.operations.home import prepare
from casework.operations.instance import open_instance, system_edges
from casework.operations.schema import Schema, require_current
from casework.operations.upgrading import Steps, upgrade_all
from casework.settings import Settings
from casework.stores import Edges, open_stores


@click.group(help=said("Les tables des deux bases.", "The tables of the two databases."))
def db() -> None:
    """Gather the commands of the databases."""


@db.command(
    help=said(
        "Préparer le dossier s’il est neuf, puis appliquer les migrations.",
        "Prepare the home if it is new, then apply the migrations.",
    )
)
@json_option
def upgrade() -> None:
    """Apply what is not applied; a second call changes nothing."""
    settings, edges = read_settings(), system_edges()
    made = prepare(settings, edges.entropy)
    steps = upgrade_all(settings, edges, operator_name())
    _record(settings, edges, steps)
    lines = [f"{schema}: {before or '—'} → {after}" for schema, (before, after) in steps.items()]
    if made:
        lines.insert(0, said(f"Dossier créé : {settings.home}", f"Home made: {settings.home}"))
    answer({"home_made": made, "revisions": _revisions(steps)}, *lines)


@db.command(help=said("Dire si les bases sont à jour.", "Say whether the databases are current."))
@json_option
def check() -> None:
    """Raise what is missing as a sentence, with exit code 2."""
    with open_stores(read_settings(), system_edges()) as stores:
        require_current(stores.main, Schema.MAIN)
        require_current(stores.keystore_database, Schema.KEYSTORE)
    current = {schema.value: schema.newest for schema in Schema}
    answer(
        {"revisions": current}, said("Les deux bases sont à jour.", "Both databases are current.")
    )


@db.command(
    help=said(
        "Donner à un autre programme, par un tube, la clé du fichier SQLite ; une ligne le dit.",
        "Give another program the key of the SQLite file, through a pipe; a line records it.",
    )
)
@json_option
def key() -> None:
    """Print the statement that opens the file in `sqlcipher`, never on a screen."""
    if sys.stdout.isatty():
        raise click.UsageError(
            said(
                "Cette clé ouvre toute la base : envoyez-la dans un tube, pas à l’écran.",
                "This key opens the whole database: send it through a pipe, not to a screen.",
            )
        )
    with instance() as opened:
        note(opened, Act.OPERATOR_ACTED, {"task": "db:key"})
        path = opened.stores.key_path("main.key")
        secret = load_file_key(opened.stores.provider, path)
    statement = f"PRAGMA key = \"x'{secret.hex()}'\";"
    answer({"statement": statement}, statement)


def _record(settings: Settings, edges: Edges, steps: Steps) -> None:
    """Leave a leaf for what changed, once there is a register to hold it."""
    with open_stores(settings, edges) as stores:
        founded = bool(councils(stores.main))
    if not founded:
        return
    opened = open_instance(settings, edges)
    for schema, (before, after) in steps.items():
        if before != after:
            detail = {"schema": schema.value, "from": before or "none", "to": after}
            note(opened, Act.DATABASE_UPGRADED, detail)
    opened.close()


def _revisions(steps: Steps) -> dict[str, dict[str, str | None]]:
    return {
        schema.value: {"from": before, "to": after} for schema, (before, after) in steps.items()
    }
