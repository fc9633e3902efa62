"""`casework keys registrar`: a key kept on another machine vouches for every organisation's."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.wording import said
from casework.entropy import SystemEntropy
from casework.errors import Misconfigured
from casework.keys.kek.private_files import OTHERS, create_private
from casework.keys.registrar import key_file, signing, texts
from casework.keys.service.registrar import Imported
from casework.keys.words import fingerprint

_PATH = click.Path(path_type=Path, dir_okay=False)
_FOUND = click.Path(path_type=Path, dir_okay=False, exists=True)
_passphrase = click.option(
    "--passphrase-file",
    type=_FOUND,
    help=said("Lire la phrase dans ce fichier (0600).", "Read the passphrase there (0600)."),
)


@click.group(
    help=said(
        "Le registre des clés, tenu hors du serveur.", "The registrar, kept away from the server."
    )
)
def registrar() -> None:
    """Gather the commands of the registrar."""


@registrar.command(
    help=said(
        "Sur une autre machine : tirer la clé du registre dans un fichier.",
        "On another machine: draw the registrar’s key in a file.",
    )
)
@click.argument("file", type=_PATH)
@_passphrase
@json_option
def create(file: Path, passphrase_file: Path | None) -> None:
    """Write FILE under a passphrase, and FILE.pub beside it; print its six words."""
    if file.exists():
        raise Misconfigured([f"{file} exists: nothing was overwritten"])
    phrase = _typed(passphrase_file, confirm=True)
    text, public = key_file.seal(phrase, SystemEntropy(), key_file.COST)
    create_private(file, text.encode("ascii"))
    beside = file.with_name(f"{file.name}.pub")
    beside.write_text(texts.write_public(public), encoding="ascii")
    words = " ".join(fingerprint(public))
    answer({"key": file, "public": beside, "words": words}, str(file), str(beside), words)


@registrar.command(
    help=said(
        "Annoncer la clé publique d’un registre ; l’ancien vaut jusqu’à ses signatures.",
        "Announce a registrar’s public key; the former counts until it has signed.",
    )
)
@click.argument("public", type=_FOUND)
@json_option
def adopt(public: Path) -> None:
    """Adopt the key of a file that `create` wrote; print its six words, to be compared."""
    key = texts.read_public(_text(public))
    with instance() as opened:
        done = opened.registrar.adopt(root(opened), key)
    _tell(done, words=" ".join(fingerprint(key)))


@registrar.command(
    help=said(
        "Écrire dans un fichier ce qui attend la signature du registre.",
        "Write to a file what waits for the registrar’s signature.",
    )
)
@click.argument("file", type=_PATH)
@json_option
def pending(file: Path) -> None:
    """Write requests; exit code 1 when an entry that the instance did not draw was left out."""
    with instance() as opened:
        names = {one.id: one.name for one in opened.organisations.list(root(opened))}
        request, planted = opened.registrar.pending(root(opened), names)
        text = texts.write_request(request, opened.registrar_pins.instance)
    file.write_text(text, encoding="utf-8")
    left = said(
        f"{planted} entrées n’ont pas été tirées par ce service : laissées de côté.",
        f"{planted} entries were not drawn by this service: left out.",
    )
    lines = [f"{file}: {len(request.asked)}", *_shown(request), *([left] if planted else [])]
    answer({"file": file, "entries": len(request.asked), "refused": planted}, *lines)
    if planted:
        found_faults()


@registrar.command(
    help=said(
        "Sur l’autre machine : montrer une demande, puis la signer.",
        "On the other machine: show a request, then sign it.",
    )
)
@click.argument("file", type=_FOUND)
@click.option("--with", "key", type=_FOUND, required=True, metavar="KEYFILE")
@click.option("--yes", is_flag=True, help=said("Les mots ont été comparés.", "Words compared."))
@_passphrase
@json_option
def sign(file: Path, key: Path, yes: bool, passphrase_file: Path | None) -> None:
    """Write FILE.signed, once a person has compared the words of each organisation."""
    request = texts.read_request(_text(file))
    click.echo("\n".join(_shown(request)), err=True)
    question = said("Ces mots ont-ils été comparés au téléphone ?", "Were these words compared?")
    if not yes:
        click.confirm(question, abort=True, err=True)
    opened = key_file.unseal(_text(key), _typed(passphrase_file, confirm=False))
    signed = signing.sign(request, opened)
    beside = file.with_name(f"{file.name}.signed")
    beside.write_text(texts.write_signed(signed), encoding="utf-8")
    answer({"file": beside, "entries": len(signed.signatures)}, str(beside))


@registrar.command(
    "import",
    help=said("Reprendre les signatures du registre.", "Take the registrar’s signatures in."),
)
@click.argument("file", type=_FOUND)
@json_option
def take_in(file: Path) -> None:
    """Take signatures in, and go on with what waited for them."""
    signed = texts.read_signed(_text(file))
    with instance() as opened:
        done = opened.registrar.take_in(root(opened), signed)
        opened.rotation_runner.resume(opened.council_id)
    _tell(done)


def _tell(done: Imported, **more: Any) -> None:
    counted = said(
        f"{done.kept} signatures reprises, {done.passed_over} sans objet, "
        f"{done.waiting} attendues.",
        f"{done.kept} signatures taken in, {done.passed_over} of no use, {done.waiting} awaited.",
    )
    in_force = said("Ce registre est en vigueur.", "This registrar counts from now on.")
    answer(
        {**asdict(done), **more}, *more.values(), counted, *([in_force] if done.in_force else [])
    )


def _shown(request: texts.Request) -> Iterable[str]:
    own = said("ce service", "this service")
    rows = [(own, "", " ".join(fingerprint(request.instance)))]
    rows += [(one.name, str(one.version), " ".join(one.words)) for one in signing.shown(request)]
    return columns(rows)


def _typed(passphrase_file: Path | None, *, confirm: bool) -> str:
    if passphrase_file is not None:
        if passphrase_file.stat().st_mode & OTHERS:
            raise Misconfigured([f"{passphrase_file} can be read by others: chmod 600"])
        return _text(passphrase_file).rstrip("\n")
    asked = said("Phrase de la clé du registre", "Passphrase of the registrar’s key")
    typed: str = click.prompt(asked, hide_input=True, confirmation_prompt=confirm, err=True)
    return typed


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured([f"{path} cannot be read"]) from None
