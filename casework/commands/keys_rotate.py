"""`casework keys rotate …`: another KEK, another server's part of passwords."""

from dataclasses import replace
from pathlib import Path

import click

from casework.commands.acting import instance, read_settings, root
from casework.commands.console import answer, found_faults, json_option
from casework.commands.finding import organisation_id
from casework.commands.wording import said
from casework.entropy import SystemEntropy
from casework.errors import Misconfigured
from casework.keys.kek.chosen import found_kek
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.rotation import Rewrapped
from casework.operations.instance import Instance
from casework.settings.values import kek_scheme

_retire = click.option(
    "--retire",
    is_flag=True,
    help=said(
        "Oublier pour de bon les versions devenues inutiles, sans en tirer de nouvelle.",
        "Forget for good the versions no longer needed, and draw none.",
    ),
)


def rotation_status(opened: Instance) -> dict[str, int]:
    """Return where the rotations stand: versions, and how much still waits for the newest."""
    passwords, presence = opened.password_rotation, opened.presence_rotation
    return {
        "kek_versions": len(opened.stores.provider.versions()),
        "kek_waiting": opened.kek_rotation.waiting(opened.council_id),
        "password_key_version": passwords.newest(),
        "passwords_waiting": passwords.waiting(root(opened)),
        "presence_key_version": presence.newest(root(opened)),
        "presence_waiting": presence.waiting(root(opened)),
    }


@click.group(
    help=said("Changer de clé, sans arrêter le service.", "Change a key; the service goes on.")
)
def rotate() -> None:
    """Gather the rotations."""


@rotate.command(
    help=said(
        "Renouveler le secret d’un organisme dont le service garde la clé.",
        "Draw a new secret for an organisation whose key the service holds.",
    )
)
@click.argument("name")
@json_option
def organisation(name: str) -> None:
    """Rotate an organisation's secret and wrap its ring anew."""
    with instance() as opened:
        chosen = organisation_id(opened, name)
        opened.custody_service.rotate(replace(root(opened), organisation_id=chosen))
    answer({"rotated": chosen}, said("Clé renouvelée.", "Key drawn anew."))


@rotate.command(
    help=said(
        "Tirer une version de la clé des clés et tout emballer de nouveau sous elle.",
        "Draw a version of the key of keys, and wrap everything anew under it.",
    )
)
@_retire
@json_option
def kek(retire: bool) -> None:
    """Rotate, or finish a rotation; exit code 1 when something does not open."""
    with instance() as opened:
        if retire:
            _tell_retired(opened.kek_rotation.retire(root(opened)))
            return
        done = opened.kek_rotation.rotate(root(opened))
    _tell(done)


@rotate.command(
    help=said(
        "Tirer une version de la part du serveur ; chaque compte la prend à sa connexion.",
        "Draw a version of the server’s part; each account takes it when it signs in.",
    )
)
@_retire
@json_option
def passwords(retire: bool) -> None:
    """Rotate; nobody has to choose another password."""
    with instance() as opened:
        who, rotation = root(opened), opened.password_rotation
        if retire:
            _tell_retired(rotation.retire(who))
            return
        version, waiting = rotation.rotate(who), rotation.waiting(who)
    sentence = said(
        f"Version {version} ; {waiting} comptes la prendront à leur prochaine connexion.",
        f"Version {version}; {waiting} accounts will take it at their next sign-in.",
    )
    answer({"version": version, "waiting": waiting}, sentence)


@rotate.command(
    help=said(
        "Tirer une version des secrets de la consultation de présence.",
        "Draw a version of the secrets of the consultation of presence.",
    )
)
@_retire
@json_option
def presence(retire: bool) -> None:
    """Rotate; coordinators then take their cases in again, on the page of the question."""
    with instance() as opened:
        who, rotation = root(opened), opened.presence_rotation
        if retire:
            _tell_retired(rotation.retire(who))
            return
        version, waiting = rotation.rotate(who), rotation.waiting(who)
    sentence = said(
        f"Version {version} ; {waiting} situations attendent que leur coordination les inscrive.",
        f"Version {version}; {waiting} cases wait for their coordinators to take them in.",
    )
    answer({"version": version, "waiting": waiting}, sentence)


@click.command(
    help=said(
        "Passer d’un détenteur de la clé des clés à celui des réglages.",
        "Move from one holder of the key of keys to the one of the settings.",
    )
)
@click.option(
    "--from",
    "former",
    required=True,
    help=said("L’ancien CASEWORK_KEK.", "The former CASEWORK_KEK."),
)
@json_option
def rewrap(former: str) -> None:
    """Wrap everything by the new holder, whose first key is made; begun again, it goes on."""
    if not kek_scheme(former):
        raise Misconfigured(["--from must be what CASEWORK_KEK was"])
    found_kek(read_settings(), SystemEntropy())
    with instance(former) as opened:
        done = opened.kek_rotation.rewrap(root(opened))
    _tell(done)


@click.command(
    help=said(
        "Tirer une clé des clés, ou sa version suivante, dans un fichier.",
        "Draw a key of keys, or its next version, in a file.",
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def draw(path: Path) -> None:
    """Make the source of a credential, or a KEK to move to. Opens no instance."""
    path = path.absolute()
    if not path.exists():
        create_file(path, SystemEntropy())
    else:
        held = FileKek(path, SystemEntropy())
        held.draw(held.current_version())
    version = FileKek(path, SystemEntropy()).current_version()
    answer({"path": path, "version": version}, f"{path}: {version}")


def _tell(done: Rewrapped) -> None:
    told = {
        "version": done.version,
        "secrets": done.secrets,
        "seals": done.seals,
        "files": done.files,
        "broken": list(done.broken),
    }
    moved = done.secrets + done.seals + done.files
    sentence = said(
        f"Version {done.version} : {moved} clés emballées de nouveau.",
        f"Version {done.version}: {moved} keys wrapped anew.",
    )
    closed = said("ne s’ouvre pas", "does not open")
    answer(told, sentence, *(f"{name}: {closed}" for name in done.broken))
    if done.broken:
        found_faults()


def _tell_retired(count: int) -> None:
    sentence = said(f"{count} versions oubliées.", f"{count} versions forgotten.")
    answer({"retired": count}, sentence)
