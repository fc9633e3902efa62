"""A text as its pages show it: the line of its steps, what is next, what it changes in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from casework.audit.pages import Names
from casework.charters.comparing import Right, Turn
from casework.charters.differences import Difference, Topic
from casework.charters.effects import Effect
from casework.charters.lifecycle import APPROVERS, Approval, VersionState
from casework.charters.pages.words import FUNCTIONS, NEXT
from casework.charters.service.values import Comparison, GroupEffects, VersionSheet
from casework.charters.wording import effect_said, right_said
from casework.charters.wording_of_texts import sides_of, title_of
from casework.i18n import gettext, ngettext, shown
from casework.web.dates import long_day
from casework.web.look import Step, StepState


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a comparison, the article that it rests on, and how many it touches."""

    words: str
    article: str = ""
    count: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that the two texts say otherwise; `before` and `after` may be empty."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class GroupTold:
    """What a text would change in one group today."""

    name: str
    size: str
    opened: list[Told]
    closed: list[Told]
    altered: list[Told]
    unbound: list[Told]


def steps_of(sheet: VersionSheet) -> list[Step]:
    """Return the line of steps, with what is still missing under the one that waits."""
    state, ready = sheet.version.state, sheet.ready
    entered = state in {VersionState.IN_FORCE, VersionState.SUPERSEDED}
    approved = entered or state is VersionState.APPROVED
    given = "" if approved else gettext("%(given)d sur 2", given=len(sheet.approvals))
    line = (
        (gettext("Projet"), True, ""),
        (gettext("Comparé"), approved or state is VersionState.COMPARED, ""),
        (gettext("Approuvé par deux"), approved, given),
        (gettext("Signé"), entered or (approved and ready.enough), _signatures(sheet)),
        (gettext("En vigueur"), entered, _day_of(sheet)),
    )
    waiting = next((label for label, done, _ in line if not done), "")
    return [Step(_state(label, waiting, done=done), label, detail) for label, done, detail in line]


def _state(label: str, waiting: str, *, done: bool) -> StepState:
    if done:
        return StepState.DONE
    return StepState.NOW if label == waiting else StepState.LATER


def _signatures(sheet: VersionSheet) -> str:
    """Return how many have signed, while that is what is waited for."""
    if sheet.version.state is not VersionState.APPROVED:
        return ""
    return gettext(
        "%(given)d sur %(needed)d au moins",
        given=len(sheet.ready.signed),
        needed=sheet.ready.needed,
    )


def _day_of(sheet: VersionSheet) -> str:
    version = sheet.version
    day = version.entered_on or version.enters_on
    return long_day(day) if day else ""


def next_of(sheet: VersionSheet, day: date) -> str:
    """Return what is next for a text, and who does it."""
    if sheet.replaced and sheet.version.state is not VersionState.WITHDRAWN:
        return gettext("Le texte qu’il devait remplacer n’est plus en vigueur : retirez ce projet.")
    state = sheet.version.state
    if state is VersionState.COMPARED:
        return _approvals_missing(sheet)
    if state is VersionState.APPROVED:
        return _before_force(sheet, day)
    return str(NEXT[state])


def _approvals_missing(sheet: VersionSheet) -> str:
    given = {one.function for one in sheet.approvals}
    missing = [str(FUNCTIONS[one]) for one in APPROVERS if one not in given]
    return gettext(
        "Il manque l’approbation de : %(functions)s. Deux personnes différentes approuvent.",
        functions=", ".join(missing),
    )


def _before_force(sheet: VersionSheet, day: date) -> str:
    ready, chosen = sheet.ready, sheet.version.enters_on
    if ready.missing:
        return ngettext(
            "Il manque %(num)d signature avant de pouvoir choisir le jour.",
            "Il manque %(num)d signatures avant de pouvoir choisir le jour.",
            ready.missing,
        )
    if not ready.enough:
        return gettext("L’organisme qui coordonne le groupe n’a pas encore signé.")
    if chosen is None:
        return gettext("La coordination choisit le jour de l’entrée en vigueur.")
    if chosen <= day:
        return gettext(
            "Le jour est venu : le texte entre en vigueur dès qu’aucune séance n’est ouverte."
        )
    return gettext("Ce texte entre en vigueur le %(day)s.", day=long_day(chosen))


def rights_by_turn(rights: Iterable[Right]) -> dict[Turn, list[Told]]:
    """Return the changes of rights in sentences, by how they turn."""
    told = {turn: list(some) for turn, some in groupby(rights, lambda one: one.change.turn)}
    return {
        turn: [Told(right_said(one, shown), one.change.article) for one in told.get(turn, [])]
        for turn in Turn
    }


def differences_told(found: Iterable[Difference]) -> list[Beside]:
    """Return what else differs; the words of an article are shown with its text, not here."""
    return [_beside(one) for one in found]


def _beside(one: Difference) -> Beside:
    if one.topic is Topic.ARTICLE:
        before, after = (side.partition("\n")[0] for side in (one.before, one.after))
        reworded = gettext("%(title)s (texte changé)", title=after) if before == after else after
        return Beside(title_of(one, shown), before, reworded)
    return Beside(title_of(one, shown), *sides_of(one, shown))


def groups_told(comparison: Comparison) -> list[GroupTold]:
    """Return what a text would change in each group, with its figures."""
    return [_group_told(one, comparison.bodies) for one in comparison.groups]


def _group_told(group: GroupEffects, bodies: Mapping[UUID, str]) -> GroupTold:
    def of(turn: Turn) -> list[Told]:
        chosen = (one for one in group.effects if one.change.turn is turn)
        return [_effect_told(one, bodies) for one in chosen]

    size = gettext(
        "%(cases)d situations, %(people)d personnes", cases=group.cases, people=group.people
    )
    unbound = [
        Told(
            gettext("%(body)s n’a pas signé ce texte", body=bodies[one.body_id])
            if one.asked
            else gettext("%(body)s n’est pas signataire de ce texte", body=bodies[one.body_id]),
            count=_counted(one.cases, one.people),
        )
        for one in group.unbound
    ]
    return GroupTold(group.name, size, of(Turn.OPENED), of(Turn.CLOSED), of(Turn.ALTERED), unbound)


def _effect_told(effect: Effect, bodies: Mapping[UUID, str]) -> Told:
    words = effect_said(effect, bodies[effect.body_id], shown)
    return Told(words, effect.change.article, _counted(effect.cases, effect.people), effect.grave)


def _counted(cases: int | None, people: int) -> str:
    who = ngettext("%(num)d personne", "%(num)d personnes", people)
    if cases is None:
        return who
    many = ngettext("%(num)d situation", "%(num)d situations", cases)
    return f"{many if cases else gettext('aucune situation')}, {who}"


def approvals_told(approvals: Iterable[Approval], names: Names) -> list[tuple[str, str, str]]:
    """Return who approved: name, function, day."""
    known = list(approvals)
    persons = names.persons(one.member_id for one in known)
    return [
        (
            persons[one.member_id].name if one.member_id in persons else gettext("Ancien membre"),
            str(FUNCTIONS[one.function]),
            long_day(one.at),
        )
        for one in known
    ]
