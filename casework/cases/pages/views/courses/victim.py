"""The line of steps of a victim's referral: addressed, accepted, first contact, forgotten."""

from dataclasses import dataclass
from datetime import date

from casework.cases.procedures.steps import ARCHIVED, CaseState
from casework.cases.procedures.steps import Step as ProcedureStep
from casework.cases.values import CaseHead, TakenStep
from casework.clock import local_day
from casework.i18n import gettext
from casework.web.dates import day as short_day
from casework.web.look import Step, StepState


@dataclass(frozen=True, slots=True)
class VictimCourse:
    """What the line is drawn from; `service` is to whom she was last addressed."""

    head: CaseHead
    taken: tuple[TakenStep, ...]
    service: str

    def steps(self) -> tuple[Step, ...]:
        """Return the four steps."""
        return (self._agreed(), self._addressed(), self._contact(), self._forgotten())

    def _agreed(self) -> Step:
        on = self.head.informed_on
        detail = gettext("le %(day)s", day=short_day(on)) if on else ""
        return Step(StepState.DONE, gettext("Accord donné"), detail)

    def _addressed(self) -> Step:
        state = self.head.state
        if state is CaseState.QUESTIONED:
            return Step(
                StepState.BLOCKED, gettext("Le service n’a pas pu la recevoir"), self.service
            )
        if state is CaseState.REFERRED:
            waiting = gettext("%(service)s, réponse attendue", service=self.service)
            return Step(StepState.NOW, gettext("Adressée"), waiting)
        return Step(
            StepState.DONE, gettext("Acceptée par le service"), self._when(ProcedureStep.ACCEPT)
        )

    def _contact(self) -> Step:
        label = gettext("Premier contact")
        if self.head.state is CaseState.ACCEPTED:
            return Step(StepState.NOW, label, gettext("le service la rappelle"))
        done = self.head.state in ARCHIVED
        return Step(
            StepState.DONE if done else StepState.LATER, label, self._when(ProcedureStep.CONFIRM)
        )

    def _forgotten(self) -> Step:
        on = self.head.due_on
        detail = gettext("le %(day)s", day=short_day(on)) if on else gettext("un mois après")
        return Step(StepState.LATER, gettext("Effacement"), detail)

    def _when(self, step: ProcedureStep) -> str:
        found = self._taken_on(step)
        return short_day(found) if found else ""

    def _taken_on(self, step: ProcedureStep) -> date | None:
        days = [local_day(one.taken_at) for one in self.taken if one.step is step]
        return days[-1] if days else None
