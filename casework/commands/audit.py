"""`casework audit`: verify the whole register, sign where it stands, or hand it over."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click

from casework.audit.actions import Act
from casework.audit.checkpoint import short_code
from casework.audit.crew import Remote, crew
from casework.audit.export.service import Export
from casework.audit.export.wanted import ALL_PARTS, Named, Wanted
from casework.audit.faults import Fault, Verification
from casework.audit.gateway import RegisterGateway
from casework.audit.verify import Extent
from casework.commands.acting import instance, note, root
from casework.commands.console import answer, found_faults, json_option
from casework.commands.proving import ASKED, signed_in
from casework.commands.wording import said
from casework.db.engine import Scope
from casework.identity import Principal
from casework.operations.instance import Instance


@click.group(help=said("Vérifier et signer le registre.", "Verify and sign the register."))
def audit() -> None:
    """Gather the commands of the register."""


@audit.command(
    help=said(
        "Recalculer chaque ligne et dire où le registre se contredit.",
        "Compute every line anew and say where the register contradicts itself.",
    )
)
@click.option(
    "--rows", is_flag=True, help=said("Aussi les valeurs scellées.", "Sealed values too.")
)
@click.option(
    "--held",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=said("Un point de contrôle gardé ailleurs.", "A checkpoint kept elsewhere."),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 16),
    default=lambda: min(2, len(os.sched_getaffinity(0))),
    help=said(
        "Combien de processus s’y mettent (par défaut deux, s’il y a deux cœurs).",
        "How many processes share the work (two by default, where there are two cores).",
    ),
)
@json_option
def verify(rows: bool, held: tuple[Path, ...], processes: int) -> None:
    """Verify; the verdict is itself recorded. Exit code 1 when anything contradicts anything."""
    notes = [path.read_text(encoding="utf-8", errors="replace") for path in held]
    with instance() as opened, _helped(opened, processes) as helpers:
        result = opened.register.verify(root(opened), Extent(rows=rows, held=notes), helpers)
    answer(_told(result), *map(_line, result.faults), _verdict(result))
    if not result.clean:
        found_faults()


@audit.command(
    help=said(
        "Signer le registre maintenant et montrer la note, à garder ailleurs.",
        "Sign the register now and print the note, to be kept elsewhere.",
    )
)
@json_option
def checkpoint() -> None:
    """Sign the head, this very act included; the note names no one."""
    with instance() as opened:
        note(opened, Act.OPERATOR_ACTED, {"task": "register:signed"})
        size = opened.ledger.checkpoint(opened.council_id)
        with opened.stores.main.reading(Scope(opened.council_id, whole=True)) as session:
            signed = RegisterGateway(session, opened.council_id).notes(size)[-1].note
    told = {"size": size, "note": signed, "short_code": short_code(signed)}
    answer(told, signed.removesuffix("\n"))


@audit.command(
    help=said(
        "Remettre le registre dans un zip que casework-verify.py contrôle ailleurs. Des empreintes"
        f" seulement, sauf si le délégué s’identifie (--sign-in). {ASKED}",
        "Hand the register over as a zip that casework-verify.py checks elsewhere. Commitments"
        f" only, unless the officer signs in (--sign-in). {ASKED}",
    )
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--sign-in", is_flag=True,
              help=said("En tant que délégué, en clair.", "As the officer, in clear."))  # fmt: skip
@click.option("--names", is_flag=True,
              help=said("Joindre les noms, à part.", "Add names, apart."))  # fmt: skip
@click.option("--from-line", "first", type=click.IntRange(0, 2**40), default=0)
@json_option
def export(file: Path, sign_in: bool, names: bool, first: int) -> None:
    """Export; the export is itself the newest line of what it holds. No file is overwritten."""
    with instance() as opened, _asking(opened, sign_in) as who, _new(file) as descriptor:
        wanted = Wanted(
            first=first,
            opened=ALL_PARTS if sign_in else frozenset(),
            names=_names(opened) if names else {},
        )
        made = opened.exports.export(who, wanted)
        size = _written(made, descriptor)
    answer({"file": str(file), "size": made.size, "bytes": size}, _exported(file, made.size))


@contextmanager
def _helped(opened: Instance, processes: int) -> Iterator[list[Remote]]:
    """Give the helpers, forked with the keys in memory and nothing connected."""
    keyring = opened.register_keys
    opened.close()
    with crew(opened.stores.main, keyring, processes - 1) as helpers:
        yield helpers


@contextmanager
def _asking(opened: Instance, sign_in: bool) -> Iterator[Principal]:
    if not sign_in:
        yield root(opened)
        return
    with signed_in(opened) as signed:
        yield signed.principal


@contextmanager
def _new(file: Path) -> Iterator[int]:
    """Give a new file that its owner alone reads; it goes again when the export fails."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise click.FileError(str(file), fault.strerror) from fault
    try:
        yield descriptor
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _written(made: Export, descriptor: int) -> int:
    size = 0
    with os.fdopen(descriptor, "wb", closefd=False) as out:
        for chunk in made.chunks:
            size += out.write(chunk)
    return size


def _names(opened: Instance) -> dict[UUID, Named]:
    labels = opened.directory.labels(opened.directory.everyone())
    return {one: Named(label.name, label.organisation) for one, label in labels.items()}


def _exported(file: Path, size: int) -> str:
    return said(
        f"{file} : {size} lignes signées. À contrôler par casework-verify.py.",
        f"{file}: {size} signed lines. To be checked by casework-verify.py.",
    )


def _told(result: Verification) -> dict[str, object]:
    return {
        "clean": result.clean,
        "size": result.size,
        "first": result.first,
        "signed": result.signed,
        "root": result.root.hex(),
        "closed_parts": result.closed,
        "fault_count": result.fault_count,
        "faults": [
            {"what": one.what.value, "first": one.first, "last": one.last, "where": one.where}
            for one in result.faults
        ],
    }


def _line(fault: Fault) -> str:
    lines = str(fault.first) if fault.first == fault.last else f"{fault.first}-{fault.last}"
    return f"{lines}: {fault.what.value} {fault.where}".rstrip()


def _verdict(result: Verification) -> str:
    size, signed, count = result.size, result.signed, result.fault_count
    if result.clean:
        return said(
            f"Registre intact : {size} lignes, dont {signed} signées{_gone(result.first)}.",
            f"The register holds: {size} lines, {signed} of them signed{_gone(result.first)}.",
        )
    return said(f"{count} contradictions sur {size} lignes.", f"{count} faults in {size} lines.")


def _gone(first: int) -> str:
    """Return what is told of the lines that came to their end; nothing when there are none."""
    if not first:
        return ""
    return said(
        f" ; les {first} premières sont arrivées à terme", f"; the first {first} came to their end"
    )
