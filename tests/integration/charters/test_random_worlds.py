"""On real tables, under any charter: a case is in a list exactly when the decision about it is yes.

The facts are drawn, stored as rows, and worked out here by themselves: what the statements of the
gateway make of the rows is held against that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.facts import find_case, find_row, who_asks
from casework.cases.gateway.filtering import InGroup, visible
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import DECIDED, CaseState
from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.db import sight
from casework.db.engine import Scope
from casework.identity import Principal, Reason
from tests.gathering import own_id, today
from tests.town import COMMUNE, COUNCIL, Town
from tests.unit.charters.worlds_at_random import charters, standings, wanted

OWN_COMMUNE, NOWHERE = "67218", "00000"
SPANS: Final[dict[str, tuple[int, int | None] | None]] = {
    "never": None,
    "open": (-5, None),
    "until today": (-5, 0),
    "from today": (0, 3),
    "over": (-9, -1),
    "to come": (1, None),
}
LIST: Final = Wanted(CharterAct.LIST)
RUNNING: Final = {"open", "until today", "from today"}
FORGOTTEN: Final = {CaseState.SEALED, CaseState.ERASED, CaseState.REFUSED, CaseState.REDIRECTED}
CLOSED: Final = {CaseState.CLOSED, CaseState.RESTRICTED}


@dataclass(frozen=True)
class Drawn:
    """A case, and what ties one reader to it."""

    state: CaseState
    commune: str
    admitted: str
    named: str
    lead: str
    referrer: str
    on_agenda: bool
    in_meeting: bool

    @property
    def facts(self) -> CaseFacts:
        return CaseFacts(
            admitted=self.admitted in RUNNING,
            in_territory=self.commune != NOWHERE,
            sealed=self.state in FORGOTTEN,
            restricted=self.state in CLOSED,
            named=self.named in RUNNING,
            lead=self.lead == "reader",
            referrer=self.referrer == "reader",
            own_commune=self.commune == OWN_COMMUNE,
            on_agenda=self.on_agenda,
            in_meeting=self.in_meeting,
            followed=self.state in DECIDED,
        )


drawn = st.builds(
    Drawn,
    state=st.one_of(st.just(CaseState.FOLLOWED), st.sampled_from(CaseState)),
    commune=st.sampled_from([COMMUNE, OWN_COMMUNE, OWN_COMMUNE, NOWHERE]),
    admitted=st.one_of(st.just("open"), st.sampled_from(sorted(SPANS))),
    named=st.sampled_from(sorted(SPANS)),
    lead=st.sampled_from(["reader", "other", "nobody"]),
    referrer=st.sampled_from(["reader", "other"]),
    on_agenda=st.booleans(),
    in_meeting=st.booleans(),
)


class _Undone(Exception):
    pass


@contextmanager
def passing(town: Town) -> Iterator[Session]:
    """Give a transaction that leaves nothing, where the reader's body has a commune."""
    values = {"commune": OWN_COMMUNE, "body": own_id(town, town.bodies["school"])}
    place = {"council": own_id(town, COUNCIL), "group": own_id(town, town.group_id)}
    main = town.runtime.stores.main
    with suppress(_Undone), main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(
            text("UPDATE organisations SET commune = :commune WHERE id = :body"), values
        )
        session.execute(
            text("INSERT INTO group_communes (council_id, group_id, commune)"
                 " VALUES (:council, :group, :commune)"),
            place | {"commune": OWN_COMMUNE},
        )  # fmt: skip
        yield session
        raise _Undone


@dataclass(frozen=True)
class World:
    """Cases in one group, stored for one reader."""

    town: Town
    session: Session
    reader: Principal
    cases: Sequence[Drawn]

    def store(self) -> None:
        rows = [self._case(n, one) for n, one in enumerate(self.cases)]
        self.session.execute(insert(CaseRow), rows)
        tied = [(AdmissionRow, "admitted", {"organisation_id": self.reader.organisation_id}),
                (NamingRow, "named", {"organisation_id": self.reader.organisation_id,
                                      "member_id": self.reader.member_id,
                                      "named_by": self.reader.member_id})]  # fmt: skip
        for table, name, more in tied:
            spans = [self._span(table, n, getattr(one, name)) for n, one in enumerate(self.cases)]
            found = [one | more for one in spans if one]
            if found:
                self.session.execute(insert(table), found)

    def _case(self, n: int, one: Drawn) -> dict[str, Any]:
        members = {"reader": self.reader.member_id, "other": self.town.members["police"]}
        return {
            "council_id": COUNCIL,
            "id": UUID(int=n + 1),
            "group_id": self.town.group_id,
            "kind": "followup",
            "state": one.state,
            "commune": one.commune,
            "referrer_id": members[one.referrer],
            "referrer_organisation_id": self.town.bodies["police"],
            "lead_id": members.get(one.lead),
            "referred_on": today(self.town),
            "ceiling_on": today(self.town),
            "agenda_of": UUID(int=9) if one.on_agenda else None,
            "in_meeting": one.in_meeting,
            "meetings_without_decision": 0,
            "version": 1,
        }

    def _span(self, table: Any, n: int, name: str) -> dict[str, Any]:
        span, day = SPANS[name], today(self.town)
        if span is None:
            return {}
        begins, ends = span
        own = {"id": UUID(int=n + 1)} if table is NamingRow else {}
        return own | {
            "council_id": COUNCIL,
            "case_id": UUID(int=n + 1),
            "from_on": day + timedelta(days=begins),
            "until_on": None if ends is None else day + timedelta(days=ends),
        }

    def listed(
        self, charter: Charter, standing: Standing, act: Wanted, among: Wanted | None = None
    ) -> list[int]:
        here = InGroup(self.town.group_id, charter.digest, 0, standing.bits, charter, standing)
        work = Work(self.reader, Reason.DUTY, self.town.clock.now())
        chosen = select(CaseRow.id).where(visible((here,), act, among)).order_by(CaseRow.id)
        chosen = chosen.where(visible((here,), among)) if among else chosen
        found = self.session.scalars(chosen.execution_options(**sight.CHARTER), who_asks(work))
        return [one.int - 1 for one in found]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=st.lists(drawn, min_size=1, max_size=6),
    charter=charters,
    standing=standings,
    acts=st.lists(wanted, min_size=1, max_size=4, unique=True),
)
def test_a_case_is_listed_exactly_when_the_decision_about_it_is_yes(
    town: Town, cases: list[Drawn], charter: Charter, standing: Standing, acts: list[Wanted]
) -> None:
    with passing(town) as session:
        world = World(town, session, town.who("school"), cases)
        world.store()
        for act in acts:
            decided = [decide(charter, standing, act, one.facts).allowed for one in cases]
            expected = [n for n, allowed in enumerate(decided) if allowed]
            assert world.listed(charter, standing, act) == expected
            both = [n for n in expected if decide(charter, standing, LIST, cases[n].facts).allowed]
            assert world.listed(charter, standing, act, LIST) == both


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(drawn, min_size=1, max_size=6))
def test_the_facts_read_from_rows_are_those_that_were_stored(
    town: Town, cases: list[Drawn]
) -> None:
    with passing(town) as session:
        world = World(town, session, town.who("school"), cases)
        world.store()
        asker = world.reader, town.clock.now()
        for n, one in enumerate(cases):
            for found in (find_case, find_row):
                row = found(session, asker, UUID(int=n + 1))
                assert row is not None
                assert row[2] == one.facts
