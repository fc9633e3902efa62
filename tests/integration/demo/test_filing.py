"""The demonstration has documents to open and links to see, by who added and set them."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.cases.orders import Asked
from casework.demo.check.searching import refuse, rows_of
from casework.demo.disclosure import secrets_of
from casework.demo.filing import file_away
from casework.demo.papers import papers_of
from casework.demo.shapes import State
from casework.demo.world import build
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.runtime import Runtime
from tests.integration.demo.conftest import Write, Written
from tests.integration.demo.test_loading import lived

ENOUGH = 4


@pytest.fixture
def filed(write: Write) -> Written:
    """Write the few cases it takes, and what is filed with them."""
    small = build("small")
    followed = [one for one in small.cases if one.state is State.FOLLOWED]
    world = replace(small, cases=tuple(followed[:ENOUGH]))
    written = write(world, lived)
    file_away(written.cast, world)
    return written


def services(written: Written) -> Runtime:
    workshop = written.workshop
    return Runtime(workshop.stores, workshop.edges, workshop.council_id)


def cases(written: Written) -> list[UUID]:
    clerk = written.cast.coordinator("secteur-nord")
    lines = services(written).cases.list_cases(clerk, Reason.DUTY, Asked())
    return [one.head.id for one in sorted(lines, key=lambda line: line.head.reference or "")]


def test_documents_are_in_the_first_cases_under_their_titles(filed: Written) -> None:
    everyday, clerk = services(filed), filed.cast.coordinator("secteur-nord")
    found = [
        one.name
        for case_id in cases(filed)
        for one in reversed(everyday.documents.listed(clerk, Reason.DUTY, case_id).documents)
    ]
    assert found == [paper.title for paper in papers_of(filed.world)]


def test_one_link_is_set_and_asked_to_end_another_was_declared(filed: Written) -> None:
    everyday, cast = services(filed), filed.cast
    officer = next(one.key for one in filed.world.members if one.role == "dpo")
    (asked,) = everyday.safeguards.links.look(cast.who(officer)).lifts
    assert (asked.declared, asked.case_id) == (False, cases(filed)[2])
    clerk = cast.coordinator("secteur-nord")
    (own,) = everyday.safeguards.links.listed(clerk, Reason.DUTY, cases(filed)[3])
    assert own.declared
    for one in (asked, own):
        member = next(key for key, id_ in cast.members.items() if id_ == one.holder_id)
        with pytest.raises(AccessDenied):
            everyday.cases.read(cast.who(member), Reason.DUTY, one.case_id)


def test_nothing_of_documents_stands_in_clear_in_a_row(filed: Written) -> None:
    needles = [one.encode() for one in secrets_of(filed.world)]
    stores = filed.workshop.stores
    for database in (stores.main, stores.keystore_database):
        for name, values in rows_of(database):
            refuse(needles, values, name)
