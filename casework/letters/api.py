"""Letters by program: listed, issued, read, marked, their file."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields

from casework.accounts import signin
from casework.letters.schemas import LetterBodySchema, MarkSchema, said_in
from casework.letters.service.composing import ComposingService
from casework.letters.service.issuing import LetterService
from casework.letters.service.reading import LetterReader
from casework.letters.values import PAGE, AskedLetters, Issued, Letter, LetterLine, Mark, NewLetter
from casework.web.api import once
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema, Sealed
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

letters = ApiBlueprint("letters_api", __name__, url_prefix="/api/v1")
_LETTERS: Final = "/cases/<uuid:case_id>/letters"
_LETTER: Final = f"{_LETTERS}/<uuid:letter_id>"
_ISSUED: Final = Creation(at="/api/v1/cases/{case_id}/letters/{id}", made="letter", version=1)


class LetterHeadSchema(Schema):
    """What is known of a letter without any key."""

    id = fields.UUID()
    case_id = fields.UUID()
    group_id = fields.UUID()
    reference = fields.String()
    format = fields.String()
    state = fields.String()
    issued_on = fields.Date()
    state_on = fields.Date()
    composed = fields.Boolean()
    version = fields.Integer()
    kind = Sealed()


class LettersSchema(Schema):
    """A page of letters, newest first."""

    items = fields.List(fields.Nested(LetterHeadSchema))


class LetterWordsSchema(LetterHeadSchema):
    """A letter and what its fields say."""

    fields_ = fields.Dict(keys=fields.String(), values=fields.String(), data_key="fields")


class LetterFileSchema(Schema):
    """The file of a letter, as it was made."""

    name = fields.String()
    format = fields.String()
    content = fields.String(metadata={"description": "Base64"})


@letters.get("/letters")
@needs(Permission.LETTER_LIST)
@letters.answers(200, LettersSchema)
def list_letters() -> dict[str, Any]:
    """List the newest letters of the cases to whose persons one writes."""
    found = service(LetterReader).everywhere(principal(), signin.current_reason(), AskedLetters())
    return {"items": [_line(one) for one in found[:PAGE]]}


@letters.get(_LETTERS)
@needs(Permission.LETTER_LIST)
@letters.answers(200, LettersSchema)
def list_letters_of_case(case_id: UUID) -> dict[str, Any]:
    """List the letters of a case."""
    found = service(LetterReader).of_case(principal(), signin.current_reason(), case_id)
    return {"items": [_line(one) for one in found.lines]}


@letters.post(_LETTERS)
@needs(Permission.LETTER_ISSUE)
@letters.body(LetterBodySchema)
@letters.answers(201, MadeSchema)
@creates(_ISSUED)
def issue_letter(given: Mapping[str, Any], case_id: UUID) -> Made:
    """Issue a letter; its file is made at once, or can be asked for later."""
    who, reason = principal(), signin.current_reason()
    new = NewLetter(given["kind"], given["format"], said_in(given["fields"]))
    issued = once.service(LetterService).issue(who, reason, case_id, new)
    if not isinstance(issued, Issued):
        return Made(issued)
    service(ComposingService).composed(who, reason, case_id, issued)
    return Made(issued.id)


@letters.get(_LETTER)
@needs(Permission.LETTER_READ)
@letters.answers(200, LetterWordsSchema)
def read_letter(case_id: UUID, letter_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    """Read what a letter says."""
    found = service(LetterReader).read(principal(), signin.current_reason(), case_id, letter_id)
    return _words(found), {"ETag": f'"{found.head.version}"'}


@letters.get(f"{_LETTER}/file")
@needs(Permission.LETTER_READ)
@letters.answers(200, LetterFileSchema)
def download_letter_file(case_id: UUID, letter_id: UUID) -> dict[str, str]:
    """Read the file of a letter, as it was made."""
    found = service(LetterReader).file(principal(), signin.current_reason(), case_id, letter_id)
    content = b64encode(found.content).decode("ascii")
    return {"name": found.name, "format": found.format.value, "content": content}


@letters.post(f"{_LETTER}/file")
@needs(Permission.LETTER_ISSUE)
@letters.answers(204)
@silent
def compose_letter_file(case_id: UUID, letter_id: UUID) -> None:
    """Make the file of a letter that has none."""
    reason = signin.current_reason()
    service(ComposingService).compose_again(principal(), reason, case_id, letter_id)


@letters.post(f"{_LETTER}/state")
@needs(Permission.LETTER_MARK)
@letters.body(MarkSchema(exclude=("version",)))
@letters.answers(204)
@versioned
@silent
def mark_letter_state(given: Mapping[str, Any], case_id: UUID, letter_id: UUID) -> None:
    """Say what became of a letter."""
    mark = Mark(given["state"], given["on"], given["inform"])
    place, reason = (letter_id, version_seen()), signin.current_reason()
    service(LetterService).mark(principal(), reason, case_id, place, mark)


def _line(line: LetterLine) -> dict[str, Any]:
    return {**_head(line.head), "kind": line.kind}


def _words(letter: Letter) -> dict[str, Any]:
    said = {name.value: words for name, words in letter.fields.items()}
    return {**_head(letter.head), "kind": letter.kind, "fields_": said}


def _head(head: Any) -> dict[str, Any]:
    return {name: getattr(head, name) for name in head.__slots__}
