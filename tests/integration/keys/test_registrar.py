"""A registrar kept elsewhere: nothing stops while it is awaited, and nothing unsigned is used."""

from uuid import UUID

import pytest

from casework.charters.vocabulary import PartnerCategory
from casework.db.engine import Scope
from casework.errors import RegistrarAwaited
from casework.identity import Reason
from casework.keys.gateway import sealing
from casework.keys.service.running import for_organisation
from casework.keys.status import OrganisationStatus
from casework.keys.values import CustodyKind
from casework.partners.service import OrganisationService
from tests.holders import session_of
from tests.leaving import WORDS, followed, opens, read, told
from tests.registry import ROOT, Registry, another_process
from tests.staff import Staff
from tests.town import COUNCIL, Town


def status_of(town: Town, body: str) -> OrganisationStatus:
    found = town.runtime.key_status.of(COUNCIL).organisations
    return next(one for one in found if one.organisation_id == town.bodies[body])


def reads(town: Town, case_id: UUID, body: str) -> bool:
    """Say whether somebody named reads the shared sheet: the origin is never theirs."""
    return WORDS in told(read(town, case_id, body))


def test_the_former_counts_until_the_adopted_one_has_signed_for_everybody(town: Town) -> None:
    case_id, worker = followed(town, "school"), another_process(town)
    registry = Registry.drawn()
    assert registry.adopted(town).waiting == len(town.bodies)
    assert town.runtime.registrar_pins.elsewhere is None
    town.name(case_id, "mission")
    assert registry.signs(town).in_force
    assert worker.registrar_pins.elsewhere == registry.key.public
    town.name(case_id, "landlord")
    assert opens(worker.cases.read(town.who("coordination"), Reason.DUTY, case_id))
    assert reads(town, case_id, "school")
    # A second call of each step changes nothing.
    assert registry.signs(town).kept == 0
    second = Registry.in_force(town, seed=8)
    assert worker.registrar_pins.elsewhere == second.key.public


def test_a_new_secret_waits_for_the_signature_and_the_former_goes_on(town: Town) -> None:
    case_id, registry = followed(town, "school"), Registry.in_force(town)
    service = for_organisation(COUNCIL, town.bodies["school"])
    for _ in range(2):
        town.runtime.custody_service.rotate(service)
    at = status_of(town, "school")
    assert (at.version, at.unsigned, at.behind) == (1, True, 0)
    assert "unsigned" in at.faults
    assert town.runtime.key_status.broken_off(COUNCIL) == []
    assert town.runtime.custody_service.overview(town.who("school")).awaited is not None
    assert reads(town, case_id, "school")
    town.runtime.cases.contribute(town.who("school"), Reason.DUTY, case_id, "Mot d’entre-temps.")
    done = registry.signs(town)
    # The first of the two gave way to the second, and is not even asked for.
    assert (done.kept, done.waiting) == (1, 0)
    at = status_of(town, "school")
    assert (at.version, at.unsigned, at.behind, at.former_seals) == (3, False, 0, 0)
    assert reads(town, case_id, "school")
    assert opens(read(town, case_id))


def test_who_joins_waits_for_the_signature_and_nobody_hands_them_a_key(town: Town) -> None:
    runtime, registry = town.runtime, Registry.in_force(town)
    edges = runtime.edges
    bodies = OrganisationService(runtime.ledger, runtime.enrol, edges.clock, edges.entropy)
    town.bodies["new"] = bodies.add(ROOT, "Organisme nouveau", PartnerCategory.LANDLORD)
    place = (COUNCIL, town.bodies["new"])
    with runtime.stores.main.reading(Scope(COUNCIL)) as session, pytest.raises(RegistrarAwaited):
        runtime.key_directory.current(session, place)
    request, planted = runtime.registrar.pending(ROOT, {})
    assert ([one.keys.organisation_id for one in request.asked], planted) == ([place[1]], 0)
    assert registry.signs(town).kept == 1
    with runtime.stores.main.reading(Scope(COUNCIL)) as session:
        assert runtime.key_directory.current(session, place).version == 1


def test_a_key_entrusted_to_members_goes_over_at_a_visit_once_it_is_signed(staff: Staff) -> None:
    town = staff.town
    case_id, registry = town.refer(), Registry.in_force(town)
    staff.enrol("street_work")
    who = session_of(staff, "street_work")
    with town.runtime.ledger.begin(who, Reason.DUTY) as work:
        town.runtime.rotation.begin(work, CustodyKind.MEMBER, [town.members["street_work"]])
    place = (COUNCIL, town.bodies["street_work"])
    assert opens(town.runtime.cases.read(who, Reason.DUTY, case_id))
    registry.signs(town)
    assert town.runtime.rotation_runner.resume(COUNCIL) == 0
    town.runtime.home.open(session_of(staff, "street_work"), Reason.DUTY)
    with town.runtime.stores.main.reading(Scope(*place)) as session:
        assert sealing.versions(session, place) == [2]
    assert opens(town.runtime.cases.read(session_of(staff, "street_work"), Reason.DUTY, case_id))
