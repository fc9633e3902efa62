"""The life of a charter's text, as rules: its states, who takes each step, what each step needs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from casework.charters.charter import Charter
from casework.errors import InputRefused, InvalidInput
from casework.identity import Principal, PrincipalKind, Role
from casework.sentences import N_, Sentence

LONGEST_TEXT: Final = 200_000
"""In characters, ten times the charter that is shipped: a text is read aloud."""


class VersionState(StrEnum):
    """Where a text stands. Published values never change."""

    DRAFT = "draft"
    COMPARED = "compared"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class VersionStep(StrEnum):
    """What is done with a text; coming into force needs nobody, once its day is there."""

    COMPARE = "compare"
    APPROVE = "approve"
    SIGN = "sign"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"


S, P = VersionState, VersionStep
APPROVERS: Final = (Role.COORDINATOR, Role.DPO)
"""The two functions that approve: who runs the group, and who answers for what it does."""

TAKEN_BY: Final[Mapping[VersionStep, frozenset[Role]]] = MappingProxyType(
    {
        P.COMPARE: frozenset(APPROVERS),
        P.APPROVE: frozenset(APPROVERS),
        P.SIGN: frozenset({Role.COORDINATOR}),
        P.SCHEDULE: frozenset({Role.COORDINATOR}),
        P.WITHDRAW: frozenset(APPROVERS),
    }
)
OPEN_IN: Final[Mapping[VersionStep, frozenset[VersionState]]] = MappingProxyType(
    {
        P.COMPARE: frozenset({S.DRAFT, S.COMPARED, S.APPROVED}),
        P.APPROVE: frozenset({S.COMPARED}),
        P.SIGN: frozenset({S.APPROVED, S.IN_FORCE}),
        P.SCHEDULE: frozenset({S.APPROVED}),
        P.WITHDRAW: frozenset({S.DRAFT, S.COMPARED, S.APPROVED}),
    }
)
_OVER: Final = N_("Ce texte n’est plus un projet : l’étape est passée.")
_TWO: Final = N_(
    "Une charte n’est jamais adoptée par une seule personne : la coordination et la personne "
    "déléguée à la protection des données l’approuvent d’abord."
)
_TOO_EARLY: Final[Mapping[VersionStep, Sentence]] = MappingProxyType(
    {
        P.APPROVE: N_("Lisez d’abord la comparaison : elle dit ce que vous approuveriez."),
        P.SIGN: N_("Rien ne se signe avant d’être approuvé par deux personnes."),
        P.SCHEDULE: _TWO,
    }
)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a text, in which function, when."""

    member_id: UUID
    function: Role
    at: datetime


def require_readable(text: str) -> None:
    """Raise InvalidInput for a text that nobody would read aloud."""
    if len(text) > LONGEST_TEXT:
        raise refused(N_("Ce fichier est bien trop long pour une charte que l’on signe."), "file")


def require_successor(new: Charter, old: Charter) -> None:
    """Raise InvalidInput unless `new` can follow `old`: same procedure, higher number."""
    if new.kind is not old.kind:
        raise refused(
            N_("Ce texte régit une autre procédure que celui qu’il remplacerait."), "file"
        )
    if new.version <= old.version:
        said = N_(
            "La version en vigueur porte le numéro %(number)d : donnez au projet un numéro plus "
            "élevé (« version », en tête du fichier).",
            number=old.version,
        )
        raise refused(said, "file")


def functions_of(who: Principal, groups: Collection[UUID], day: date) -> frozenset[Role]:
    """Return in which of the functions somebody may speak of a text that governs `groups`."""
    if who.kind is not PrincipalKind.MEMBER:
        return frozenset()
    held = [one for one in who.mandates if one.valid_on(day)]
    coordinates = any(
        one.role is Role.COORDINATOR and (one.group_id is None or one.group_id in groups)
        for one in held
    )
    found = {Role.DPO} if any(one.role is Role.DPO for one in held) else set()
    return frozenset(found | ({Role.COORDINATOR} if coordinates else set()))


def check_step(state: VersionState, step: VersionStep, wanted: str) -> None:
    """Raise InputRefused, with the sentence that helps, for a step not open in a state."""
    if state in OPEN_IN[step]:
        return
    before = state in {S.DRAFT, S.COMPARED}
    said = _TOO_EARLY.get(step, _OVER) if before else _OVER
    raise InputRefused({"charter": [said]}, wanted, f"not-in-{step}")


def function_left(
    functions: Iterable[Role], given: Iterable[Approval], member_id: UUID, wanted: str
) -> Role:
    """Return the function in which a member approves now.

    Raises InputRefused for a second approval by the same person, or in the same function.
    """
    known = list(given)
    if any(one.member_id == member_id for one in known):
        raise InputRefused({"charter": [_TWO]}, wanted, "same-person")
    taken = {one.function for one in known}
    free = [one for one in APPROVERS if one in functions and one not in taken]
    if not free:
        said = N_("Votre fonction l’a déjà approuvé : il manque l’autre.")
        raise InputRefused({"charter": [said]}, wanted, "same-function")
    return free[0]


def approved_by_two(given: Iterable[Approval]) -> bool:
    """Say whether two persons approved in two functions: one of them, then, is not the author."""
    known = list(given)
    return any(
        one.member_id != other.member_id and one.function is not other.function
        for one in known
        for other in known
    )


def refused(said: Sentence, field: str = "charter") -> InvalidInput:
    """Return the refusal of a field of the form."""
    return InvalidInput({field: [said]})
