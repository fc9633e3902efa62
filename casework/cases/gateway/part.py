"""One part of a case for one reader, by itself: what reading the whole case decides, for less."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.reading import second_of
from casework.cases.gateway.stating import words_told
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.values import HeldKey


class LoadedPart(NamedTuple):
    """A part that may be opened: its keys, and what its leaf says beside the reader."""

    admitted: Shown
    held: list[HeldKey]
    told: Detail


@dataclass(frozen=True, slots=True)
class PartReading:
    """Admits to a part of a case; whoever opens something of it records that."""

    admission: Admission
    decoys: Decoys

    def load(self, work: Work, case_id: UUID, class_: CompartmentClass) -> LoadedPart:
        """Return a part. Raises `AccessDenied`, or `ReasonRequired` before a reason is typed."""
        admitted = self.admission.reading(work, case_id, Wanted(CharterAct.READ, class_))
        told: Detail = second_of(work, admitted)
        if admitted.exceptional is not None:
            told = {**told, "access": admitted.exceptional.id}
        told = {**told, **words_told(work, admitted)}
        if self.decoys.holds(work, case_id):
            work.record(Entry(Act.DECOY_OPENED, case_id=case_id))
        held = holding.held_by_case(work.session, acting_organisation(work), case_id)
        return LoadedPart(admitted, [one for one in held if one.compartment_class == class_], told)
