"""Where a formal reminder stands: six steps, what is next, what waits and for what."""

from dataclasses import dataclass
from datetime import date

from casework.cases.pages.views.procedure import uncapital
from casework.cases.procedures.steps import ARCHIVED, CaseState
from casework.cases.procedures.steps import Step as Taken
from casework.cases.values import CaseHead, TakenStep
from casework.charters.charter import Charter
from casework.charters.vocabulary import ListName
from casework.clock import local_day
from casework.i18n import gettext
from casework.web.dates import day as short_day
from casework.web.dates import long_day
from casework.web.look import Step, StepState

_BEFORE_OPINION = frozenset({CaseState.REFERRED, CaseState.QUESTIONED, CaseState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class ReminderCourse:
    """What the line of steps of a reminder is drawn from."""

    head: CaseHead
    charter: Charter
    taken: tuple[TakenStep, ...]
    today: date

    def steps(self) -> tuple[Step, ...]:
        """Return the steps of a reminder; a notice by letter has fewer."""
        if self._on(Taken.NOTIFY):
            return (self._checked(), self._notified(), self._exit())
        opinion = (self._opinion(),) if self._opinion_counts else ()
        return (
            self._checked(),
            *opinion,
            self._summoned(),
            self._heard(),
            self._outcome(),
            self._exit(),
        )

    def blocks(self) -> str:
        """Return what stops the procedure now, with its reason, or nothing."""
        match self.head.state:
            case CaseState.ACCEPTED if self.charter.protocol.opinion_required:
                return gettext(
                    "L’avis du parquet n’est pas encore demandé : personne n’est convoqué avant "
                    "lui (protocole avec le parquet)."
                )
            case CaseState.CONSULTED:
                return self._waiting_words()
            case CaseState.FOLLOWED if not self._on(Taken.CHECK) and self._late:
                return gettext("Les suites n’ont pas été vérifiées dans le délai de la charte.")
        return ""

    @property
    def over(self) -> bool:
        """Say whether the reminder has ended."""
        return self.head.state in ARCHIVED or self.head.closed_on is not None

    @property
    def _opinion_counts(self) -> bool:
        return self.charter.protocol.opinion_required or self._on(Taken.CONSULT) is not None

    @property
    def _late(self) -> bool:
        until = self.head.awaited_on
        return until is not None and until < self.today

    def _waiting_words(self) -> str:
        until = self.head.awaited_on
        if until is None or not self._late:
            return ""
        if self.charter.protocol.silence_agrees:
            return gettext(
                "L’avis du parquet était attendu pour le %(day)s : son silence peut être inscrit.",
                day=long_day(until),
            )
        return gettext(
            "L’avis du parquet était attendu pour le %(day)s. La charte veut une réponse : elle "
            "peut encore venir, ou être demandée de nouveau.",
            day=long_day(until),
        )

    def _checked(self) -> Step:
        on = self._on(Taken.ACCEPT)
        if on:
            return Step(StepState.DONE, gettext("Rappel possible"), short_day(on))
        sent = gettext("reçu le %(day)s", day=short_day(self.head.referred_on))
        state = StepState.LATER if self.over else StepState.NOW
        return Step(state, gettext("Fait à vérifier"), sent)

    def _opinion(self) -> Step:
        label, asked = gettext("Avis du parquet"), self._on(Taken.CONSULT)
        favoured, lapsed = self._on(Taken.FAVOUR), self._on(Taken.WAIVE)
        if favoured:
            words = gettext("favorable, le %(day)s", day=short_day(favoured))
            return Step(StepState.DONE, label, words)
        if lapsed:
            words = gettext("sans réponse, le %(day)s", day=short_day(lapsed))
            return Step(StepState.DONE, label, words)
        if self.head.state is CaseState.ACCEPTED:
            return Step(StepState.BLOCKED, label, gettext("à demander"))
        if asked and self.head.awaited_on and not self.over:
            words = gettext("attendu avant le %(day)s", day=short_day(self.head.awaited_on))
            return Step(StepState.BLOCKED if self._late else StepState.NOW, label, words)
        return Step(StepState.LATER, label)

    def _summoned(self) -> Step:
        label, on = gettext("Convocation"), self._on(Taken.SUMMON)
        missed = self._on(Taken.MISS)
        if self.head.state is CaseState.CLEARED:
            words = gettext("absente le %(day)s", day=short_day(missed)) if missed else ""
            return Step(StepState.NOW, label, words or gettext("par le maire"))
        if self.head.state is CaseState.ACCEPTED and not self.charter.protocol.opinion_required:
            return Step(StepState.NOW, label, gettext("par le maire"))
        if on:
            return Step(StepState.DONE, label, short_day(on))
        return Step(StepState.LATER, label)

    def _heard(self) -> Step:
        label, on = gettext("Entretien"), self._on(Taken.HEAR)
        if on:
            return Step(StepState.DONE, gettext("Rappel fait"), short_day(on))
        if self.head.state is CaseState.SUMMONED and self.head.awaited_on:
            return Step(StepState.NOW, label, short_day(self.head.awaited_on))
        return Step(StepState.LATER, label)

    def _outcome(self) -> Step:
        label, on = gettext("Suites"), self._on(Taken.CHECK)
        if on:
            return Step(StepState.DONE, gettext("Suites vérifiées"), short_day(on))
        if self.head.state is CaseState.FOLLOWED and self.head.awaited_on:
            words = gettext("à vérifier avant le %(day)s", day=short_day(self.head.awaited_on))
            return Step(StepState.BLOCKED if self._late else StepState.NOW, label, words)
        return Step(StepState.LATER, label)

    def _notified(self) -> Step:
        on = self._on(Taken.NOTIFY)
        return Step(StepState.DONE, gettext("Courrier envoyé"), short_day(on) if on else "")

    def _exit(self) -> Step:
        head = self.head
        if not head.closed_on:
            return Step(StepState.LATER, gettext("Clôture"))
        why = self.charter.label(ListName.CLOSURE_REASONS, head.closure_reason or "") or ""
        detail = f"{short_day(head.closed_on)}, {uncapital(why)}".rstrip(", ")
        return Step(StepState.DONE, gettext("Clôture"), detail)

    def _on(self, step: Taken) -> date | None:
        """Return the last day on which a step was recorded."""
        return max(
            (local_day(one.taken_at) for one in self.taken if one.step is step), default=None
        )
