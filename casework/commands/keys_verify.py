"""`casework keys verify`: whether the key store and the main database belong together."""

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.wording import said
from casework.keys.checking import FaultKind, KeyFault, KeyFindings


@click.command(
    help=said(
        "Dire si le magasin de clés et la base principale sont du même jour.",
        "Say whether the key store and the main database are of the same day.",
    )
)
@json_option
def verify() -> None:
    """Compare and record the verdict; exit code 1 when they contradict one another."""
    with instance() as opened:
        found = opened.key_checking.verify(root(opened))
    answer(_told(found), *_lines(found))
    if found.faults:
        found_faults()


def _told(found: KeyFindings) -> dict[str, object]:
    faults = [
        {"kind": one.kind.value, "count": one.count, "says": fault_told(one)}
        for one in found.faults
    ]
    return {
        "clean": not found.faults,
        "living": found.living,
        "peppers": found.peppers,
        "dying": found.dying,
        "unused": found.unused,
        "faults": faults,
    }


def _lines(found: KeyFindings) -> list[str]:
    counted = columns(
        [
            (said("parties vivantes", "living parts"), str(found.living)),
            (said("poivres", "peppers"), str(found.peppers)),
            (said("effacements en cours", "erasures under way"), str(found.dying)),
            (said("poivres sans emploi", "unused peppers"), str(found.unused)),
        ]
    )
    sound = said("Les deux bases vont ensemble.", "The two databases belong together.")
    return [*counted, *(map(fault_told, found.faults) if found.faults else [sound])]


def fault_told(fault: KeyFault) -> str:
    """Return what two databases that contradict one another mean, and what to do."""
    french = {
        FaultKind.MISSING: f"{fault.count} parties vivantes n’ont plus de poivre : le magasin de"
        " clés est plus ancien que la base principale, ou a perdu des lignes. Remettez un magasin"
        " plus récent ; rien d’autre n’ouvre ces parties.",
        FaultKind.RETURNED: f"{fault.count} situations effacées sont revenues : la base principale"
        " est plus ancienne que le magasin de clés. Aucune ne s’ouvre ; casework tick les retire.",
        FaultKind.REVIVED: f"{fault.count} poivres détruits sont revenus : le magasin de clés est"
        " plus ancien qu’un effacement. casework tick les détruit de nouveau.",
        FaultKind.AHEAD: f"{fault.count} poivres sont plus récents que toute partie connue ici : la"
        " base principale est plus ancienne que le magasin de clés, ou la dernière écriture a été"
        " coupée.",
    }
    return said(french[fault.kind], f"{str(fault)[0].upper()}{str(fault)[1:]}.")
