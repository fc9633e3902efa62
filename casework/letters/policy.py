"""Rules of letters: to whom none is written, what must be said, and what becomes of one."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from casework.cases.ceilings import may_be_minor
from casework.cases.policy import age_on
from casework.cases.procedures.steps import CaseState
from casework.cases.relations import REPRESENTING
from casework.cases.values import CaseFile, CaseHead, Person, Text
from casework.charters.vocabulary import CaseKind
from casework.errors import InvalidInput, StepRefused
from casework.identity import Principal, Role
from casework.keys.values import Withheld
from casework.letters.fields import LETTERHEAD, OPTIONAL, SHAPES, LetterField, typed_of
from casework.letters.kinds import KINDS_OF, TO_SUBJECT, LetterKind, LetterState
from casework.sentences import N_

S = LetterState
_MAJORITY: Final = 18

_NEXT: Final[Mapping[LetterState, frozenset[LetterState]]] = MappingProxyType(
    {
        S.ISSUED: frozenset({S.SENT, S.HANDED, S.CANCELLED}),
        S.SENT: frozenset({S.RETURNED}),
        S.RETURNED: frozenset({S.HANDED}),
        S.HANDED: frozenset(),
        S.CANCELLED: frozenset(),
    }
)
"""What may become of a letter: it is sent once; come back, it can still be handed over."""


def check_printable(case: CaseHead) -> None:
    """Raise `StepRefused` for a case whose address is never printed (law note 9.4, rule 19)."""
    if case.kind == CaseKind.VICTIM:
        raise StepRefused("letter-victim", "code civil, art. 515-11")
    if case.protected:
        raise StepRefused("letter-protected")


def check_kind(case: CaseHead, kind: LetterKind) -> None:
    """Raise `StepRefused` for a letter that the procedure of a case does not know."""
    if kind not in KINDS_OF[CaseKind(case.kind)]:
        raise StepRefused("letter-other-procedure")


def called_for(file: CaseFile, today: date) -> LetterKind:
    """Return the letter that the summons of a case calls for.

    Raises `StepRefused` where nobody is summoned.
    """
    if file.head.state != CaseState.SUMMONED:
        raise StepRefused("letter-uncalled")
    if file.head.kind == CaseKind.FAMILY_COUNCIL:
        return LetterKind.INVITATION_FAMILY
    return LetterKind.SUMMONS_MINOR if _minor(file, today) else LetterKind.SUMMONS_ADULT


def _minor(file: CaseFile, today: date) -> bool:
    birth = file.subject.birth_date if file.subject else ""
    if isinstance(birth, Withheld) or not birth:
        return may_be_minor(file.head.ceiling_on, today)
    return age_on(date.fromisoformat(birth), today) < _MAJORITY


def recipient_of(file: CaseFile, kind: LetterKind) -> Person | None:
    """Return to whom a letter goes: the person concerned, or who represents them."""
    if kind in TO_SUBJECT:
        return file.subject
    return next((one for one in file.persons if one.relation in REPRESENTING), None)


def opened(text: Text) -> str:
    """Return what a cell says. Raises `StepRefused` where it stays shut: nobody prints a guess."""
    if isinstance(text, Withheld):
        raise StepRefused("letter-withheld")
    return text


def check_fields(kind: LetterKind, fields: Mapping[LetterField, str]) -> None:
    """Raise `InvalidInput` for what is missing, too long, or of another letter."""
    faults: dict[str, list[str]] = {}
    for name in typed_of(kind):
        said, shape = fields.get(name, ""), SHAPES[name]
        if not said and name not in OPTIONAL:
            faults[name] = [N_("Ce champ est nécessaire.")]
        if len(said) > shape.most:
            faults[name] = [N_("%(most)d caractères au plus.", most=shape.most)]
    for name in fields.keys() - typed_of(kind):
        faults[name] = [N_("Ce champ n’est pas de cette lettre.")]
    if faults:
        raise InvalidInput(faults)


def check_head(said: Mapping[LetterField, str]) -> None:
    """Raise `InvalidInput` for what a letterhead cannot hold."""
    long = {name for name in LETTERHEAD if len(said.get(name, "")) > SHAPES[name].most}
    if long:
        told = {name: N_("%(most)d caractères au plus.", most=SHAPES[name].most) for name in long}
        raise InvalidInput({name: [words] for name, words in told.items()})


def coordinates(who: Principal, group_id: UUID, day: date) -> bool:
    """Say whether somebody coordinates a group: it is they who sign its letters."""
    return any(
        one.role is Role.COORDINATOR and one.group_id == group_id and one.signed
        for one in who.mandates
        if one.valid_on(day)
    )


def missing(kind: LetterKind, fields: Mapping[LetterField, str]) -> tuple[LetterField, ...]:
    """Return what still says nothing, in the order of the form."""
    return tuple(name for name in typed_of(kind) if not fields.get(name))


def check_mark(now: LetterState, wanted: LetterState) -> None:
    """Raise `StepRefused` for what cannot become of a letter any more."""
    if wanted not in _NEXT[now]:
        raise StepRefused("letter-settled")


def open_marks(now: LetterState) -> tuple[LetterState, ...]:
    """Return what may still become of a letter."""
    return tuple(one for one in LetterState if one in _NEXT[now])


def check_day(issued_on: date, on: date, today: date) -> None:
    """Raise `InvalidInput` for a day before the letter, or not come yet."""
    if on > today:
        raise InvalidInput({"on": [N_("Cette date est dans le futur.")]})
    if on < issued_on:
        raise InvalidInput({"on": [N_("Cette date précède la lettre.")]})


def unused(kind: LetterKind, used: Iterable[LetterField]) -> tuple[LetterField, ...]:
    """Return what a template does not say and its letter should, in the order of the form."""
    said = frozenset(used)
    asked = (*typed_of(kind), LetterField.REFERENCE, LetterField.DATE, LetterField.KEPT)
    return tuple(name for name in asked if name not in said)
