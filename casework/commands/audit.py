"""`casework audit`: verify the whole register, or sign where it stands."""

from pathlib import Path

import click

from casework.audit.actions import Act
from casework.audit.faults import Fault, Verification
from casework.audit.gateway import RegisterGateway
from casework.audit.verify import Extent
from casework.commands.acting import instance, note, root
from casework.commands.console import answer, found_faults, json_option
from casework.commands.wording import said
from casework.db.engine import Scope


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
@json_option
def verify(rows: bool, held: tuple[Path, ...]) -> None:
    """Verify; the verdict is itself recorded. Exit code 1 when anything contradicts anything."""
    notes = [path.read_text(encoding="utf-8") for path in held]
    with instance() as opened:
        result = opened.register.verify(root(opened), Extent(rows=rows, held=notes))
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
    answer({"size": size, "note": signed}, signed.removesuffix("\n"))


def _told(result: Verification) -> dict[str, object]:
    return {
        "clean": result.clean,
        "size": result.size,
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
            f"Registre intact : {size} lignes, dont {signed} signées.",
            f"The register holds: {size} lines, {signed} of them signed.",
        )
    return said(f"{count} contradictions sur {size} lignes.", f"{count} faults in {size} lines.")
