"""`casework retention`: forget what is due, or say beforehand what would be."""

from dataclasses import asdict

import click

from casework.audit.forgetting.service import Dues
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.wording import said
from casework.retention.values import Preview


@click.group(help=said("Oublier à temps.", "Forget on time."))
def retention() -> None:
    """Gather the commands of retention."""


@retention.command(help=said("Oublier ce qui est dû aujourd’hui.", "Forget what is due today."))
@click.option(
    "--dry-run", is_flag=True, help=said("Dire sans rien faire.", "Tell without doing anything.")
)
@json_option
def run(dry_run: bool) -> None:
    """Sweep in the operator's name, as the daily job does in the service's."""
    with instance() as opened:
        service, who = opened.retention, root(opened)
        found = service.preview(who) if dry_run else service.sweep(who)
        lines = opened.register_forgetting
        ended = lines.preview(who) if dry_run else lines.run(who)
    told = {**_told(found, dry_run=dry_run), "register": asdict(ended)}
    answer(told, *_lines(found, ended))


def _told(found: Preview, *, dry_run: bool) -> dict[str, object]:
    steps = [
        {"kind": one.kind.value, "step": one.step.value, "cases": one.count} for one in found.steps
    ]
    rest = {"resumed": found.resumed, "drafts": found.drafts}
    return {"day": found.day, "dry_run": dry_run, "steps": steps, **rest}


def _lines(found: Preview, ended: Dues) -> list[str]:
    rows = [(one.kind.value, one.step.value, str(one.count)) for one in found.steps]
    if found.resumed:
        rows.append(("—", said("reprises", "resumed"), str(found.resumed)))
    if found.drafts:
        rows.append(("—", said("brouillons", "drafts"), str(found.drafts)))
    rows += [("register", what, str(count)) for what, count in asdict(ended).items() if count]
    return columns(rows) or [said("Rien n’est dû.", "Nothing is due.")]
