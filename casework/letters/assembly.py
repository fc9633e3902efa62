"""How letters are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.clock import Clock
from casework.db.engine import Database
from casework.entropy import Entropy
from casework.letters.gateway.reading import LetterReading
from casework.letters.gateway.storing import LetterStore
from casework.letters.gateway.templates import TemplateStore
from casework.letters.pressing import Press
from casework.letters.service.composing import ComposingService
from casework.letters.service.issuing import LetterService
from casework.letters.service.reading import LetterReader
from casework.letters.service.shelf import Shelf
from casework.letters.service.stationery import StationeryService


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGround:
    """What the services of letters stand on."""

    ledger: Ledger
    database: Database
    admission: Admission
    cases: CaseService
    writing: CaseWriting
    counting: Counting
    clock: Clock
    entropy: Entropy


@dataclass(frozen=True, slots=True)
class Letters:
    """Issuing, files, reading, and how groups write."""

    issuing: LetterService
    composing: ComposingService
    reader: LetterReader
    stationery: StationeryService


def assemble_letters(ground: LetterGround, press: Press | None = None) -> Letters:
    """Return the services of letters."""
    used, shelf = press or Press(), Shelf(ground.database)
    store = LetterStore(ground.clock, ground.entropy)
    base = (ground.ledger, ground.admission)
    cases = ground.cases
    reading = LetterReading(ground.writing.keyring)
    reader = LetterReader(*base, cases.listing, reading, cases.delivering)
    templates = TemplateStore(ground.clock, ground.entropy)
    return Letters(
        LetterService(*base, cases, ground.writing, ground.counting, store, shelf),
        ComposingService(*base, ground.writing, store, shelf, used, reader),
        reader,
        StationeryService(ground.ledger, templates, shelf, used, ground.clock),
    )
