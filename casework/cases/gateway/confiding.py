"""Parts confided to some sorts of body: the shared secret, and the mention of a measure.

Their keys go to nobody because a row says so. A body must hold the key of the sheet, by an
admission of the instance; be of a sort that may hold the part, by a word of the instance; and be
let open the part by the charter, on this case, today.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.cases.circles import Around, GroupBook, ties_of
from casework.cases.gateway.admission import Charters
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.opening import head_of
from casework.cases.gateway.writing import alone_on, namings_of
from casework.cases.models import CaseRow
from casework.cases.procedures.steps import LIVING
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.charters.walls import CONFIDED
from casework.clock import local_day
from casework.errors import AccessDenied, Locked
from casework.keys.cipher import Sealer
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.standing_in import StandIn
from casework.keys.values import Acting, HeldKey, NewCompartment
from casework.keys.withdrawing import Withdrawing
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.partners.gateway.vouching import Seal, of_sort

_NOBODY: Final = UUID(int=0)
_SHEET: Final = CompartmentClass.SHEET


@dataclass(frozen=True, slots=True)
class Confiding:
    """Makes these parts when first needed, and sees that the right bodies hold their keys."""

    keyring: Keyring
    withdrawing: Withdrawing
    charters: Charters
    seal: Seal

    def sealer(self, work: Work, case: CaseRow | CaseHead, class_: CompartmentClass) -> Sealer:
        """Return the sealer of a part, made when first needed, its keys with those they are for.

        Raises `Locked` while the key of an existing one is on its way to the acting organisation,
        or when no word of the instance says that it may hold it.
        """
        if self._part(work, case.id, class_) is None:
            alone_on(work, case.id)
        if self._part(work, case.id, class_) is None:
            return self._make(work, case, class_)
        self.settle(work, case)
        key = self._part(work, case.id, class_)
        if key is None:
            raise Locked("no such compartment")
        return self.keyring.sealer(work, self.keyring.courier.ready(work, [key])[0])

    def settle(self, work: Work, case: CaseRow | CaseHead) -> int:
        """Hand the keys on to those who lack them, take them from those they are no longer for.

        Return how many moved. What the acting organisation cannot hand on waits for one that can.
        """
        if case.state not in LIVING:
            return 0
        given = taken = 0
        for key in self._parts(work, case.id):
            entitled = self._entitled(work, case, CompartmentClass(key.compartment_class))
            holders = self.keyring.courier.admissions.of(work.session, key, work.now).holders
            given += self._hand_on(work, key, entitled - holders)
            for body in sorted(holders - entitled):
                taken += self.withdrawing.from_part(work, body, key.compartment_id)
        if given or taken:
            detail = {"keys": given, "taken": taken}
            work.record(Entry(Act.KEY_GRANTED, case_id=case.id, detail=detail))
        return given + taken

    def settle_now(self, work: Work, case: CaseRow | CaseHead) -> int:
        """Do the same, where nothing else is done. Raises `Locked` when nothing can move now."""
        moved = self.settle(work, case)
        if not moved:
            raise Locked("nothing can move now")
        return moved

    def lacks(self, work: Work, case: CaseRow | CaseHead, held: Collection[HeldKey]) -> bool:
        """Say whether somebody waits for a key that the acting organisation holds."""
        admissions = self.keyring.courier.admissions
        return case.state in LIVING and any(
            self._entitled(work, case, CompartmentClass(key.compartment_class))
            - admissions.of(work.session, key, work.now).holders
            for key in held
            if key.compartment_class in CONFIDED and key.entry is not None
        )

    def _make(self, work: Work, case: CaseRow | CaseHead, class_: CompartmentClass) -> Sealer:
        entitled = self._entitled(work, case, class_)
        if acting_organisation(work).organisation_id not in entitled:
            raise Locked("nothing says that this organisation may hold it")
        return self.keyring.create(work, [NewCompartment(case.id, class_, entitled)])[0]

    def _entitled(
        self, work: Work, case: CaseRow | CaseHead, class_: CompartmentClass
    ) -> frozenset[UUID]:
        """Return who is to hold the key of a part of a case today."""
        council_id, readers = work.principal.council_id, self._readers(work, case, class_)
        known = readers & self._of_sheet(work, case.id)
        return of_sort(work.session, council_id, known, CONFIDED[class_], self.seal)

    def _readers(
        self, work: Work, case: CaseRow | CaseHead, class_: CompartmentClass
    ) -> frozenset[UUID]:
        """Return the bodies of those whom the charter lets open a part today."""
        session, council_id, day = work.session, work.principal.council_id, local_day(work.now)
        group = partners.group(session, council_id, case.group_id)
        if group is None:
            raise AccessDenied("read", "no-such-group", subject=str(case.id))
        charter = self.charters.of_group(session, council_id, group.id)
        seats = tuple(seats_of(session, council_id, group, day))
        book = GroupBook(council_id, group, charter, seats, {}, {}, day)
        head = head_of(case) if isinstance(case, CaseRow) else case
        away = frozenset(one.holder_id for one in exclusions_of(session, council_id, [case.id]))
        around = Around.of(book, ties_of(head, namings_of(work, case.id), book, away))
        audience = around.audience(Wanted(CharterAct.READ, class_))
        return frozenset(body.id for body in audience.bodies)

    def _of_sheet(self, work: Work, case_id: UUID) -> frozenset[UUID]:
        held = holding.held_by_case(work.session, _acting(work), case_id)
        sheets = [one for one in held if one.compartment_class == _SHEET]
        admissions = self.keyring.courier.admissions
        found = (admissions.of(work.session, one, work.now).holders for one in sheets)
        return frozenset().union(*found)

    def _hand_on(self, work: Work, key: HeldKey, missing: frozenset[UUID]) -> int:
        """Hand a key on, in the name of whoever holds it and can; count those who got it."""
        keepers = self.keyring.courier.admissions.keepers(work.session, key)

        def give(there: Work, held: HeldKey) -> None:
            self.keyring.admit(there, [held], missing)

        stand_in, part = StandIn(self.keyring), (key.compartment_id, key.epoch)
        done = bool(missing) and stand_in.first(work, sorted(keepers), part, give)
        return len(missing) if done else 0

    def _part(self, work: Work, case_id: UUID, class_: CompartmentClass) -> HeldKey | None:
        parts = self._parts(work, case_id)
        return next((one for one in parts if one.compartment_class == class_), None)

    def _parts(self, work: Work, case_id: UUID) -> list[HeldKey]:
        held = holding.held_by_case(work.session, _acting(work), case_id)
        return [one for one in held if one.compartment_class in CONFIDED]


def _acting(work: Work) -> Acting:
    """Return who looks: the regular job is of no organisation, and holds nothing itself."""
    who = work.principal
    if who.organisation_id is None:
        return Acting(who.council_id, _NOBODY)
    return acting_organisation(work)
