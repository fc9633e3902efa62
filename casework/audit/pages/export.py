"""The register handed over as a zip, with its proofs: what the filters leave, or all of it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from casework.audit.export.service import ExportService
from casework.audit.export.wanted import Named, Wanted
from casework.audit.lines import Asked
from casework.audit.pages.blueprint import pages
from casework.audit.pages.filters import asked_by
from casework.audit.pages.names import known_names
from casework.audit.schemas import ExportSchema
from casework.web import guard
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission

_PARTS: Final = {"qui": "who", "quoi": "what", "pourquoi": "det"}


@pages.post("/dpd/acces/export")
@needs(Permission.REGISTER_EXPORT)
def export_register() -> ResponseReturnValue:
    """Give the zip as it is made; nothing of it is kept here."""
    made = guard.service(ExportService).export(guard.principal(), _wanted(load(ExportSchema)))
    answer = Response(made.chunks, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def _wanted(given: Mapping[str, Any]) -> Wanted:
    asked = asked_by(given, known_names())
    return Wanted(
        asked=None if asked == Asked() else asked,
        opened=frozenset(part for name, part in _PARTS.items() if given[name]),
        names=_names() if given["noms"] else {},
    )


def _names() -> dict[UUID, Named]:
    everyone = known_names().everyone()
    return {one: Named(person.name, person.organisation) for one, person in everyone.items()}
