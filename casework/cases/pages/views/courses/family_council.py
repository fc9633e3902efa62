"""Where a family stands before the council: five steps, what is next, what waits and for what."""

from dataclasses import dataclass
from datetime import date

from casework.cases.pages.views.procedure import uncapital
from casework.cases.procedures.family_council import NOTIFICATIONS
from casework.cases.procedures.steps import ARCHIVED, WAITING, CaseState
from casework.cases.procedures.steps import Step as Taken
from casework.cases.values import CaseHead, TakenStep
from casework.charters.charter import Charter
from casework.charters.vocabulary import ListName
from casework.clock import local_day
from casework.i18n import gettext
from casework.web.dates import day as short_day
from casework.web.look import Step, StepState

_OPINIONS = (Taken.ADVISE, Taken.LODGE)


@dataclass(frozen=True, slots=True)
class FamilyCourse:
    """What the line of steps of a family is drawn from; `minor` when a child is under age."""

    head: CaseHead
    charter: Charter
    taken: tuple[TakenStep, ...]
    today: date
    minor: bool

    def steps(self) -> tuple[Step, ...]:
        """Return the five steps of a family before the council."""
        return (self._kept(), self._invited(), self._heard(), self._support(), self._exit())

    def blocks(self) -> str:
        """Return what stops the procedure now, with its source, or nothing."""
        if self.over or self.head.state in WAITING:
            return ""
        if not self.minor:
            return gettext(
                "Aucun enfant n’a plus moins de dix-huit ans : le conseil n’entend plus cette "
                "famille. La situation peut être close pour majorité."
            )
        if self.head.state is CaseState.FOLLOWED and not self._informed:
            return gettext(
                "La famille n’est pas encore invitée : le premier point attend (CNIL, note du "
                "7 janvier 2020)."
            )
        return self._support_blocks()

    @property
    def over(self) -> bool:
        """Say whether the situation has ended."""
        return self.head.state in ARCHIVED or self.head.closed_on is not None

    @property
    def _informed(self) -> bool:
        return self.head.informed_on is not None or self.head.delay_reason is not None

    def _support_blocks(self) -> str:
        declined = self._on(Taken.DECLINE) and not self._on(Taken.AGREE)
        if not self._on(Taken.PROPOSE) or declined:
            return ""
        if not self._on(Taken.CONSULT):
            return gettext(
                "L’avis du président du conseil départemental n’est pas encore demandé : l’accord "
                "des parents attend (CASF, L. 141-2)."
            )
        if not any(self._on(one) for one in _OPINIONS):
            return gettext(
                "L’avis du président du conseil départemental est attendu : l’accord des parents "
                "attend (CASF, L. 141-2)."
            )
        if self._on(Taken.AGREE) and self.unnotified:
            return gettext(
                "Il reste à informer : %(whom)s. Rencontres et attestation attendent (CASF, "
                "L. 141-2).",
                whom=", ".join(self.unnotified),
            )
        return ""

    @property
    def unnotified(self) -> tuple[str, ...]:
        """Who is still to be told of the support, in words."""
        names = {
            Taken.NOTIFY_EDUCATION: gettext("le rectorat"),
            Taken.NOTIFY_SCHOOL: gettext("l’établissement scolaire"),
            Taken.NOTIFY_BENEFITS: gettext("l’organisme des prestations familiales"),
            Taken.NOTIFY_PREFECT: gettext("le préfet"),
        }
        return tuple(names[one] for one in NOTIFICATIONS if not self._on(one))

    def _kept(self) -> Step:
        head = self.head
        if head.followed_on:
            return Step(StepState.DONE, gettext("Saisine retenue"), short_day(head.followed_on))
        if head.state in WAITING:
            sent = gettext("reçue le %(day)s", day=short_day(head.referred_on))
            return Step(StepState.NOW, gettext("Saisine à vérifier"), sent)
        if head.state is CaseState.ACCEPTED:
            return Step(StepState.NOW, gettext("Saisine à décider"), gettext("prochaine séance"))
        return Step(StepState.DONE, gettext("Saisine reçue"), short_day(head.referred_on))

    def _invited(self) -> Step:
        label, on = gettext("Famille invitée"), self._on(Taken.SUMMON)
        if on:
            return Step(StepState.DONE, label, short_day(on))
        if self.head.state is CaseState.FOLLOWED:
            state = StepState.NOW if self._informed else StepState.BLOCKED
            return Step(state, label, gettext("à faire avant le premier point"))
        return Step(StepState.LATER, label)

    def _heard(self) -> Step:
        label, heard, missed = (
            gettext("Famille entendue"),
            self._on(Taken.HEAR),
            self._on(Taken.MISS),
        )
        if self.head.state is CaseState.SUMMONED and self.head.awaited_on:
            words = gettext("attendue le %(day)s", day=short_day(self.head.awaited_on))
            return Step(StepState.NOW, label, words)
        if heard:
            return Step(StepState.DONE, label, short_day(heard))
        if missed:
            words = gettext("n’est pas venue le %(day)s", day=short_day(missed))
            return Step(StepState.LATER if self.over else StepState.NOW, label, words)
        return Step(StepState.LATER, label)

    def _support(self) -> Step:
        label, proposed = gettext("Accompagnement parental"), self._on(Taken.PROPOSE)
        if not proposed:
            return Step(StepState.LATER, label, gettext("si le conseil le propose"))
        agreed, declined = self._on(Taken.AGREE), self._on(Taken.DECLINE)
        if agreed:
            told = gettext("accepté le %(day)s", day=short_day(agreed))
            if self.over:
                return Step(StepState.DONE, label, told)
            return Step(StepState.BLOCKED if self.unnotified else StepState.NOW, label, told)
        if declined:
            words = gettext("refusé le %(day)s", day=short_day(declined))
            return Step(StepState.DONE, label, words)
        return self._proposed(label, proposed)

    def _proposed(self, label: str, proposed: date) -> Step:
        if self.over:
            return Step(StepState.DONE, label, short_day(proposed))
        if any(self._on(one) for one in _OPINIONS):
            return Step(StepState.NOW, label, gettext("accord des parents à recueillir"))
        if not self._on(Taken.CONSULT):
            return Step(StepState.BLOCKED, label, gettext("avis à demander"))
        until = self.head.awaited_on
        day = gettext("avis attendu pour le %(day)s", day=short_day(until)) if until else ""
        return Step(StepState.BLOCKED, label, day or gettext("avis attendu"))

    def _exit(self) -> Step:
        head = self.head
        if self._on(Taken.CERTIFY):
            label = gettext("Attestation")
            return Step(StepState.DONE, label, short_day(head.closed_on or self.today))
        if not head.closed_on:
            return Step(StepState.LATER, gettext("Attestation ou sortie"))
        why = self.charter.label(ListName.CLOSURE_REASONS, head.closure_reason or "") or ""
        detail = f"{short_day(head.closed_on)}, {uncapital(why)}".rstrip(", ")
        return Step(StepState.DONE, gettext("Sortie"), detail)

    def _on(self, step: Taken) -> date | None:
        """Return when a step was taken last, or None."""
        days = [local_day(one.taken_at) for one in self.taken if one.step is step]
        return max(days, default=None)
