"""The recipients in the record are what the engine answers, walls included, and nothing else."""

from casework.charters.charter import Charter
from casework.charters.loading import load
from casework.charters.vocabulary import CompartmentClass, PartnerCategory
from casework.charters.walls import JUDICIAL_READERS, SOCIAL_ACTION
from casework.processing.recipients import data_of
from casework.processing.values import Data, Phase, Reach, Tie
from tests.unit.charters.gsn import TEXT, gsn

TOWN = frozenset({PartnerCategory.MUNICIPALITY})
IDENTITY, SHEET = CompartmentClass.IDENTITY, CompartmentClass.SHEET
SOCIAL, JUDICIAL = CompartmentClass.SOCIAL, CompartmentClass.JUDICIAL
ORIGIN, PRIVATE = CompartmentClass.ORIGIN, CompartmentClass.PRIVATE


def data(class_: CompartmentClass | None, charter: Charter | None = None) -> Data:
    return next(one for one in data_of(charter or gsn(), TOWN) if one.class_ is class_)


def reaches(class_: CompartmentClass | None, tie: Tie, text: str = TEXT) -> list[Reach]:
    return [one for one in data(class_, load(text)).recipients if one.tie is tie]


def test_every_class_of_the_charter_is_there_in_its_own_words() -> None:
    found = {one.class_: one.holds for one in data_of(gsn(), TOWN) if one.class_}
    assert found == dict(gsn().compartments)


def test_the_named_of_every_signatory_read_and_write_the_sheet_and_open_it_once_closed() -> None:
    (named,) = reaches(SHEET, Tie.NAMED)
    assert (named.everybody, named.writes, named.articles) == (True, True, ("6", "14"))
    assert named.phases == tuple(Phase)
    (identity,) = reaches(IDENTITY, Tie.NAMED)
    assert not identity.writes


def test_whoever_referred_reads_the_sheet_until_the_decision_and_the_identity_on() -> None:
    assert [one.phases for one in reaches(SHEET, Tie.REFERRER)] == [(Phase.REFERRED,)]
    assert [one.phases for one in reaches(IDENTITY, Tie.REFERRER)] == [
        (Phase.REFERRED, Phase.FOLLOWED)
    ]


def test_the_shared_secret_goes_to_social_action_alone() -> None:
    found = {category for one in data(SOCIAL).recipients for category in one.categories}
    assert found == SOCIAL_ACTION & set(gsn().signatories)


def test_no_judicial_measure_goes_beyond_the_wall() -> None:
    found = {category for one in data(JUDICIAL).recipients for category in one.categories}
    assert found <= JUDICIAL_READERS
    assert PartnerCategory.EDUCATION not in found


def test_the_origin_is_for_the_coordination_and_whoever_referred() -> None:
    assert {one.tie for one in data(ORIGIN).recipients} == {Tie.COORDINATOR, Tie.REFERRER}


def test_coordination_is_only_where_bodies_coordinate_today() -> None:
    found = data_of(gsn(), frozenset())
    assert all(one.tie is not Tie.COORDINATOR for each in found for one in each.recipients)
    (coordinator,) = reaches(SHEET, Tie.COORDINATOR)
    assert coordinator.categories == (PartnerCategory.MUNICIPALITY,)


def test_the_prosecutor_learns_the_identity_of_those_on_an_agenda() -> None:
    (prosecutor,) = reaches(IDENTITY, Tie.AGENDA)
    assert prosecutor.categories == (PartnerCategory.PROSECUTOR,)
    assert reaches(SHEET, Tie.AGENDA) == []


def test_a_rule_taken_from_the_charter_takes_its_line_from_the_record() -> None:
    begin = TEXT.index('[[rules]]\nid = "prosecutor-reads-identity"')
    end = TEXT.index("[[rules]]", begin + 1)
    assert reaches(IDENTITY, Tie.AGENDA, TEXT[:begin] + TEXT[end:]) == []


def test_a_condition_changed_in_the_charter_changes_when_somebody_reads() -> None:
    changed = TEXT.replace('when = "not followed and not restricted"', 'when = "not restricted"')
    assert changed != TEXT
    (referrer,) = reaches(SHEET, Tie.REFERRER, changed)
    assert referrer.phases == (Phase.REFERRED, Phase.FOLLOWED)


def test_what_only_members_may_open_is_marked() -> None:
    custody = '[custody]\narticle = "7"\nmembers_only = ["social"]\n\n[[rules]]'
    kept = load(TEXT.replace("[[rules]]", custody, 1))
    assert data(SOCIAL, kept).members_only
    assert not data(SHEET, kept).members_only
