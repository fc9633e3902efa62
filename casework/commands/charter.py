"""`casework charter`: check a file, bring it in, show and compare texts, record signatures."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.engagement import Signature
from casework.charters.faults import CharterFaults
from casework.charters.lifecycle import VersionState
from casework.charters.loading import load
from casework.charters.text import text_of_file
from casework.commands.acting import instance, root
from casework.commands.charter_diff import diff
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.finding import organisation_id
from casework.commands.record import record
from casework.commands.wording import said
from casework.errors import AccessDenied
from casework.identity import Reason

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=said("Les chartes signées.", "The signed charters."))
def charter() -> None:
    """Gather the commands of charters."""


charter.add_command(diff)
charter.add_command(record)


@charter.command(help=said("Relire un fichier, sans rien adopter.", "Check a file; adopt nothing."))
@click.argument("file", type=FILE)
@json_option
def check(file: Path) -> None:
    """Print every fault of a charter file with its line; exit code 1 when there is one."""
    try:
        read = load(text_of_file(file))
    except CharterFaults as faults:
        listed = [{"line": one.line, "says": one.sentence} for one in faults.listed]
        answer({"faults": listed}, *map(str, faults.listed))
        found_faults()
        return
    told = {
        "faults": [],
        "digest": read.digest,
        "group": read.group,
        "articles": len(read.articles),
        "rules": len(read.rules),
    }
    answer(told, said(f"Aucun défaut. {_named(read)}", f"No fault. {_named(read)}"))


@charter.command(
    help=said(
        "Inscrire un fichier : le premier texte d’une charte, ou le projet d’une version nouvelle.",
        "Bring in a file: the first text of a charter, or the draft of a new version.",
    )
)
@click.argument("file", type=FILE)
@click.option(
    "--replaces",
    type=click.UUID,
    help=said(
        "Le texte en vigueur qu’il remplacerait ; sinon, celui de même titre.",
        "The text in force that it would replace; else the one of the same title.",
    ),
)
@json_option
def adopt(file: Path, replaces: UUID | None) -> None:
    """Keep a text for good and print its id; one that replaces another waits for two persons."""
    with instance() as opened:
        text = text_of_file(file)
        who = root(opened)
        adopted = opened.charter_service.adopt(who, Reason.OPERATION, text, replaces)
        with opened.ledger.consult(who, Reason.OPERATION) as work:
            version = gateway.version(work.session, opened.council_id, adopted)
            work.record(Entry(Act.CHARTER_READ, detail={"charter": adopted}))
    state = version.state if version else VersionState.DRAFT
    answer({"charter": adopted, "state": state}, str(adopted), *_awaited(state))


@charter.command(help=said("Inscrire la signature d’un organisme.", "Record a signature."))
@click.argument("charter_id", type=click.UUID)
@click.argument("organisation")
@click.option("--on", "signed_on", type=DAY, required=True, metavar="AAAA-MM-JJ")
@click.option("--until", "until_on", type=DAY, required=True, metavar="AAAA-MM-JJ")
@json_option
def sign(charter_id: UUID, organisation: str, signed_on: datetime, until_on: datetime) -> None:
    """Keep the signature that an organisation gave on paper."""
    with instance() as opened:
        signature = Signature(
            charter_id=charter_id,
            organisation_id=organisation_id(opened, organisation),
            signed_on=signed_on.date(),
            until_on=until_on.date(),
        )
        opened.charter_service.sign(root(opened), Reason.OPERATION, signature)
    answer({"signed": charter_id}, said("Signature inscrite.", "Signature recorded."))


@charter.command(help=said("Montrer les chartes adoptées, ou le texte de l’une.", "Show charters."))
@click.argument("charter_id", type=click.UUID, required=False)
@json_option
def show(charter_id: UUID | None) -> None:
    """Print every adopted version, or the text of one."""
    if charter_id is None:
        _show_versions()
    else:
        _show_text(charter_id)


def _show_versions() -> None:
    with instance() as opened, opened.ledger.consult(root(opened), Reason.OPERATION) as work:
        found = gateway.versions(work.session, opened.council_id)
        work.record(Entry(Act.CHARTER_READ, detail={"charters": len(found)}))
    told = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "version": one.version,
            "digest": one.digest.hex(),
            "state": one.state,
            "replaces": one.replaces_id,
            "enters_on": one.enters_on,
            "entered_on": one.entered_on,
            "ended_on": one.ended_on,
        }
        for one in found
    ]
    rows = ((str(one.id), one.kind.value, one.version, one.state.value) for one in found)
    answer(told, *columns(rows))


def _show_text(charter_id: UUID) -> None:
    with instance() as opened, opened.ledger.consult(root(opened), Reason.OPERATION) as work:
        text = gateway.text_of(work.session, opened.council_id, charter_id)
        if text is None:
            raise AccessDenied(Act.CHARTER_READ, "unknown", subject=str(charter_id))
        work.record(Entry(Act.CHARTER_READ, detail={"charter": charter_id}))
    answer({"charter": charter_id, "text": text}, text)


def _awaited(state: VersionState) -> list[str]:
    if state is not VersionState.DRAFT:
        return []
    sentence = said(
        "Projet déposé : rien ne change. La coordination et la personne déléguée à la protection "
        "des données l’approuvent à la page « Les chartes », puis les partenaires le signent.",
        "Kept as a draft: nothing changes. The coordinator and the data protection officer approve "
        "it on the page of charters, then the partners sign it.",
    )
    return [sentence]


def _named(read: Charter) -> str:
    return f"« {read.title} » ({read.group}), SHA-256 {read.digest[:16]}…"
