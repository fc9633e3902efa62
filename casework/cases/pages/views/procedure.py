"""Where a follow-up stands, what comes next, what blocks, and when it will be forgotten."""

from dataclasses import dataclass
from datetime import date

from casework.cases.circles import GroupBook
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import CaseState
from casework.cases.values import CaseHead
from casework.charters.charter import Charter
from casework.charters.vocabulary import ListName
from casework.i18n import gettext, ngettext
from casework.months import months_after
from casework.web.dates import day as short_day
from casework.web.dates import long_day
from casework.web.look import Step, StepState, Tick

_OVER = frozenset({CaseState.CLOSED, CaseState.RESTRICTED, CaseState.SEALED, CaseState.ERASED})
_TRIAGE = frozenset({CaseState.REFERRED, CaseState.QUESTIONED})


@dataclass(frozen=True, slots=True)
class Course:
    """What the line of steps is drawn from."""

    head: CaseHead
    charter: Charter
    open_actions: int
    today: date

    @property
    def over(self) -> bool:
        """Say whether the follow-up has ended."""
        return self.head.state in _OVER

    def steps(self) -> tuple[Step, ...]:
        """Return the five steps of a follow-up."""
        return (self._kept(), self._informed(), self._under_way(), self._review(), self._exit())

    def blocks(self) -> str:
        """Return what stops the procedure now, in a sentence, or nothing."""
        head = self.head
        if head.state is not CaseState.FOLLOWED or head.informed_on or head.delay_reason:
            return ""
        return gettext("La famille n’est pas encore informée : le point à six mois attend.")

    def _kept(self) -> Step:
        head = self.head
        if head.followed_on:
            return Step(StepState.DONE, gettext("Saisine retenue"), short_day(head.followed_on))
        if head.state in _TRIAGE:
            sent = gettext("reçue le %(day)s", day=short_day(head.referred_on))
            return Step(StepState.NOW, gettext("Saisine à l’étude"), sent)
        if head.state is CaseState.ACCEPTED:
            return Step(StepState.NOW, gettext("Saisine à décider"), gettext("prochaine séance"))
        return Step(StepState.DONE, gettext("Saisine reçue"), short_day(head.referred_on))

    def _informed(self) -> Step:
        head, label = self.head, gettext("Famille informée")
        if head.informed_on:
            return Step(StepState.DONE, label, short_day(head.informed_on))
        if head.delay_reason:
            why = self.charter.label(ListName.DELAY_REASONS, head.delay_reason) or ""
            return Step(StepState.LATER, label, gettext("Différée : %(why)s", why=uncapital(why)))
        if self.blocks():
            return Step(StepState.BLOCKED, label, gettext("à faire avant le point"))
        return Step(StepState.LATER, label)

    def _under_way(self) -> Step:
        label, head = gettext("Suivi en cours"), self.head
        if self.over:
            return Step(self._past(), label)
        if head.state is not CaseState.FOLLOWED:
            return Step(StepState.LATER, label)
        count = self.open_actions
        words = ngettext("%(num)d action en cours", "%(num)d actions en cours", count)
        return Step(StepState.NOW, label, words if count else gettext("aucune action"))

    def _review(self) -> Step:
        label, until = gettext("Point à six mois"), self.head.review_by
        if self.over:
            return Step(self._past(), label)
        if until is None:
            return Step(StepState.LATER, label)
        if until < self.today:
            words = gettext("attendu depuis le %(day)s", day=short_day(until))
            return Step(StepState.BLOCKED, label, words)
        return Step(StepState.LATER, label, gettext("avant le %(day)s", day=short_day(until)))

    def _past(self) -> StepState:
        """Tell a follow-up that has ended from one that never began."""
        return StepState.DONE if self.head.followed_on else StepState.LATER

    def _exit(self) -> Step:
        head = self.head
        if not head.closed_on:
            return Step(StepState.LATER, gettext("Sortie"))
        why = self.charter.label(ListName.CLOSURE_REASONS, head.closure_reason or "") or ""
        detail = f"{short_day(head.closed_on)}, {uncapital(why)}".rstrip(", ")
        return Step(StepState.DONE, gettext("Sortie"), detail)


def conservation(head: CaseHead, charter: Charter) -> tuple[str, ...]:
    """Return when a case will be out of reach, then gone: one sentence per line."""
    ceiling = gettext("Au plus tard le %(day)s, quoi qu’il arrive.", day=long_day(head.ceiling_on))
    if head.due_on:
        return (
            gettext(
                "Sera scellée le %(day)s : plus personne ne l’ouvrira.", day=long_day(head.due_on)
            ),
            gettext("Puis effacée, sauvegardes comprises, après le visa des archives."),
        )
    if head.state in _TRIAGE or head.state is CaseState.ACCEPTED:
        kept = gettext("Non retenue, l’identité s’efface avec la décision.")
        return (kept, ceiling)
    months = charter.clocks.after_closure_months
    after = ngettext(
        "Scellée %(num)d mois après la sortie, puis effacée, sauvegardes comprises.",
        "Scellée %(num)d mois après la sortie, puis effacée, sauvegardes comprises.",
        months,
    )
    return (after, ceiling)


def closures(charter: Charter) -> tuple[Tick, ...]:
    """Return why a case may end, but for what a step of its procedure writes itself."""
    own = procedure_of(charter.kind).own_closures
    listed = charter.lists[ListName.CLOSURE_REASONS].items()
    return tuple(Tick(code, words) for code, words in listed if code not in own)


def uncapital(words: str) -> str:
    """Return words with a small first letter, to go inside a sentence."""
    return words[:1].lower() + words[1:]


def conservation_if_closed(head: CaseHead, book: GroupBook) -> str:
    """Return what closing today would do, in a sentence."""
    kept = months_after(book.day, book.charter.clocks.after_closure_months)
    return gettext(
        "Close aujourd’hui, la situation serait scellée le %(day)s, puis effacée.",
        day=long_day(min(kept, head.ceiling_on)),
    )
