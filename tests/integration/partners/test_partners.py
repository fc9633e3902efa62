"""Partners, members, mandates and groups, on both databases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from casework.charters.vocabulary import PartnerCategory
from casework.clock import local_day
from casework.db.direct import Direct
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Role, operator
from casework.partners import gateway
from casework.partners.directory import Directory
from casework.partners.service import MemberService, OrganisationService
from casework.partners.values import NewMandate, PersonName, Standing
from tests.staff import employ
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "founder")


def people(town: Town) -> MemberService:
    edges = town.runtime.edges
    return MemberService(town.runtime.ledger, edges.clock, edges.entropy)


def bodies(town: Town) -> OrganisationService:
    edges = town.runtime.edges
    return OrganisationService(town.runtime.ledger, town.runtime.enrol, edges.clock, edges.entropy)


@contextmanager
def reading(town: Town) -> Iterator[Session]:
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        yield session


def standing(town: Town, body: str) -> Standing:
    with reading(town) as session:
        found = gateway.standing(session, COUNCIL, town.members[body], today(town))
    assert found is not None
    return found


def today(town: Town) -> date:
    return local_day(town.clock.now())


def test_a_new_body_has_keys_that_the_registrar_signed(town: Town) -> None:
    added = bodies(town).add(ROOT, "Bailleur inventé", PartnerCategory.LANDLORD, "67482")
    with reading(town) as session:
        entry = town.runtime.key_directory.current(session, (COUNCIL, added))
    assert entry.organisation_id == added
    listed = {one.id: one for one in bodies(town).list(ROOT)}
    assert listed[added].commune == "67482"


def test_a_body_whose_keys_could_not_be_drawn_does_not_exist(town: Town) -> None:
    def fail(*_: object) -> None:
        raise OSError

    edges = town.runtime.edges
    service = OrganisationService(town.runtime.ledger, fail, edges.clock, edges.entropy)
    before = len(bodies(town).list(ROOT))
    with pytest.raises(OSError):  # noqa: PT011 - the fake's own
        service.add(ROOT, "Organisme sans clé", PartnerCategory.MEDIATOR)
    assert len(bodies(town).list(ROOT)) == before


def test_nobody_but_the_operator_changes_the_partnership(town: Town) -> None:
    coordinator = town.who("coordination")
    with pytest.raises(AccessDenied):
        bodies(town).add(coordinator, "Organisme", PartnerCategory.MEDIATOR)
    with pytest.raises(AccessDenied):
        people(town).list(coordinator)
    assert employ(town).acts()[-2:] == ["access:refused", "access:refused"]


def test_the_standing_of_a_member_tells_who_for_whom_and_as_what(town: Town) -> None:
    found = standing(town, "school")
    assert found.label == "Mme M."
    assert found.organisation.category is PartnerCategory.EDUCATION
    (mandate,) = found.mandates
    assert (mandate.role, mandate.group_id, mandate.signed) == (Role.MEMBER, town.group_id, True)
    assert len(found.signed_charters) == 1


def test_a_standing_costs_two_statements(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    through = Direct.all

    def counted(one: Direct, connection: Connection, given: Mapping[str, object]) -> list[object]:
        asked.append(one)
        return through(one, connection, given)

    monkeypatch.setattr(Direct, "all", counted)
    with reading(town) as session:
        event.listen(
            session.connection(), "before_cursor_execute", lambda *seen: asked.append(seen[2])
        )
        gateway.standing(session, COUNCIL, town.members["dpo"], today(town))
    assert len(asked) == 2


def test_a_mandate_ended_today_is_no_mandate_today(town: Town) -> None:
    employ(town).end_mandates("school")
    assert standing(town, "school").mandates == ()


def test_a_mandate_that_begins_tomorrow_is_not_valid_today(town: Town) -> None:
    staff = employ(town)
    staff.end_mandates("school")
    tomorrow = today(town) + timedelta(days=1)
    people(town).give_mandate(
        ROOT,
        NewMandate(
            member_id=town.members["school"],
            role=Role.MEMBER,
            from_on=tomorrow,
            until_on=tomorrow,
            group_id=town.group_id,
        ),
    )
    (mandate,) = standing(town, "school").mandates
    assert not mandate.valid_on(today(town))


def test_an_undertaking_that_is_over_unsigns_the_mandate(town: Town) -> None:
    assert standing(town, "school").mandates[0].signed
    with reading(town) as session:
        later = today(town) + timedelta(days=301)
        found = gateway.standing(session, COUNCIL, town.members["school"], later)
    assert found is not None
    assert found.mandates == ()
    assert found.signed_charters == frozenset()


def test_a_new_member_stands_nowhere(town: Town) -> None:
    added = people(town).add(ROOT, town.bodies["school"], PersonName("M.", "Noé", "Dupont"))
    with reading(town) as session:
        found = gateway.standing(session, COUNCIL, added, today(town))
        nobody = gateway.standing(session, COUNCIL, UUID(int=7), today(town))
    assert found is not None
    assert found.mandates == ()
    assert nobody is None


def test_a_controller_is_engaged_by_their_own_undertaking(town: Town) -> None:
    (mandate,) = standing(town, "dpo").mandates
    assert (mandate.role, mandate.group_id, mandate.signed) == (Role.DPO, None, True)


def test_the_directory_names_those_it_knows_and_no_other(town: Town) -> None:
    directory = Directory(town.runtime.stores.main, COUNCIL)
    known = town.members["school"]
    labels = directory.labels([known, UUID(int=7)])
    assert list(labels) == [known]
    assert labels[known].short == "Mme M."
    assert labels[known].organisation == "Organisme inventé school"


def test_the_members_of_a_group_are_those_mandated_in_it_today(town: Town) -> None:
    directory = Directory(town.runtime.stores.main, COUNCIL)
    seated = {one.id for one in directory.members_of(town.group_id, today(town))}
    assert town.members["school"] in seated
    assert town.members["dpo"] not in seated
    employ(town).end_mandates("school")
    assert town.members["school"] not in {
        one.id for one in directory.members_of(town.group_id, today(town))
    }


def test_the_charters_of_a_member_are_those_of_their_groups(town: Town) -> None:
    with reading(town) as session:
        for body in ("school", "dpo"):
            found = gateway.charters_of_member(session, COUNCIL, town.members[body], today(town))
            assert list(found.values()) == [["Groupe inventé"]]


def test_every_change_of_the_partnership_has_its_leaf(town: Town) -> None:
    kinds = set(employ(town).acts())
    assert {
        "organisation:added",
        "member:added",
        "mandate:given",
        "group:added",
        "charter:adopted",
        "charter:signed",
        "undertaking:signed",
    } <= kinds
