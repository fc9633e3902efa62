"""The leaks that others had, each tried here: one row for each thread of their trackers.

Where the feature of theirs does not exist here, no route may look like it: whoever adds one adds
its attack in the same change.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pytest

from tests import side_doors_by_feature as features
from tests import side_doors_to_cases as cases
from tests.side_doors import Beside, beside_on


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def beside(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Beside]:
    """Give one scene to all threads: they look, and what one changes no other asks for."""
    yield from beside_on(request, tmp_path_factory.mktemp("beside"))


THREADS: Final[Mapping[str, Callable[[Beside], None]]] = {
    "CASA#3286": cases.number_changed,
    "CASA#1959": cases.offered_in_lists,
    "CASA#6199": cases.former_reader,
    "Caseflow#7922": cases.outside_body,
    "Caseflow#9060": features.search,
    "Caseflow#6621": cases.counts,
    "Caseflow#14427": cases.work_queue,
    "SORMAS#5550": features.merge_screen,
    "SORMAS#3687": features.confidential_form,
    "SORMAS#4975": cases.read_only_becomes_editable,
    "CiviCRM#16360": cases.linked_cases,
    "CiviCRM#16150": cases.resources_of_a_case,
    "IRIS#914": cases.fall_back_paths,
    "RDV-SP#3758": features.duplicates,
    "RDV-SP#2733": cases.digits_of_a_phone,
    "RDV-SP#3055": cases.what_is_not_shown_is_said,
    "CarnetDeBord#2069": features.identity_number,
    "RDV-I#1988": features.identity_in_exports,
    "les-emplois#5509": cases.added_to_a_body,
    "les-emplois#5709": features.autocomplete,
    "OpenCTI#11496": cases.hidden_end_of_an_action,
    "Arches#11128": cases.note_of_another,
    "SismicsDocs#525": cases.who_read_it,
    "Specify7#3656": cases.filters_of_lists,
    "Sal#208": features.export_by_others,
    "OpenTreeMap#1931": features.other_formats,
    "admin-csvexport#10": features.administration,
    "Odoo#12077": features.printing,
    "CommCareHQ#23625": features.narrow_token,
    "VCDB#9061": features.by_mail_and_calendar,
    "CarnetDeBord#1324": cases.no_membership,
}
"""Last, who ends a mandate: nothing after it may need that body."""


@pytest.mark.parametrize("thread", THREADS)
def test_a_leak_that_others_had_is_none_here(beside: Beside, thread: str) -> None:
    THREADS[thread](beside)
