"""What every shipped charter owes, whatever its procedure."""

import pytest

from casework.charters.kinds import LISTS_OF_KIND, WITH_MEETINGS, every_wanted
from casework.charters.limits import LIMITS, barred_subject
from casework.charters.loading import check
from casework.charters.refusals import SENTENCES, Refusal
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
)
from casework.charters.walls import needed, walls
from casework.keys.lending import NEVER_LENT
from tests.unit.charters.gsn import case, member
from tests.unit.charters.readers import Readers
from tests.unit.charters.shipped import FILES, FOLDER, shipped, text_of

KINDS = pytest.mark.parametrize("kind", CaseKind)
EVERY_TIE = {
    "named": True,
    "lead": True,
    "referrer": True,
    "own_service": True,
    "own_action": True,
    "own_commune": True,
    "on_agenda": True,
    "in_meeting": True,
}


def test_there_is_one_for_each_procedure_and_no_other() -> None:
    assert {path.name for path in FOLDER.glob("*.toml")} == set(FILES.values())
    assert [shipped(kind).kind for kind in CaseKind] == list(CaseKind)


@KINDS
def test_it_has_no_fault(kind: CaseKind) -> None:
    assert check(text_of(kind)) == []


@KINDS
def test_every_refusal_it_can_give_has_its_article_and_its_sentence(kind: CaseKind) -> None:
    charter = shipped(kind)
    for refusal in needed(kind):
        assert charter.grounds[refusal] in charter.articles
        assert SENTENCES[refusal].endswith(".")
    assert set(charter.grounds) <= set(Refusal)


@KINDS
def test_rule_06_no_closed_list_speaks_of_a_barred_subject(kind: CaseKind) -> None:
    for name, labels in shipped(kind).lists.items():
        for code, label in labels.items():
            assert barred_subject(label) is None, (name, code)


@KINDS
def test_rule_05_it_has_the_closed_lists_of_its_procedure(kind: CaseKind) -> None:
    assert set(shipped(kind).lists) == set(LISTS_OF_KIND[kind])


@KINDS
def test_every_article_and_every_rule_can_be_read_aloud(kind: CaseKind) -> None:
    charter = shipped(kind)
    for said in (
        *(one.text for one in charter.articles.values()),
        *(r.says for r in charter.rules),
    ):
        assert said.endswith(".")
        assert "'" not in said
        assert " :" not in said


@KINDS
def test_every_figure_is_the_advised_one_or_says_why(kind: CaseKind) -> None:
    charter = shipped(kind)
    for part in ("persons", "clocks", "register"):
        said = getattr(charter, part)
        for key, limit in LIMITS[kind][part].items():
            assert not limit.owes_reason(getattr(said, key)), key


@KINDS
def test_rule_03_only_procedures_around_a_table_have_meetings(kind: CaseKind) -> None:
    acts = {wanted.act for wanted in shipped(kind).gates}
    assert (CharterAct.ATTEND in acts) is (kind in WITH_MEETINGS)
    assert (shipped(kind).meetings.projected != ()) is (kind in WITH_MEETINGS)


@KINDS
def test_rule_22_who_belongs_to_no_partner_finds_and_opens_nothing(kind: CaseKind) -> None:
    """A councillor or a member of parliament is no category of partner."""
    said = " ".join(PartnerCategory)
    assert not any(word in said for word in ("council", "deputy", "senator", "parliament"))
    for wanted in shipped(kind).gates:
        nobody = member(mandated=False)
        assert not Readers(kind).ask(nobody, case(**EVERY_TIE), *wanted).allowed


def test_an_exceptional_access_never_opens_what_is_judicial_social_or_protected() -> None:
    never = {"judicial", "social", "protected_contact", "origin", "private", "attachments"}
    assert never == NEVER_LENT
    assert never <= set(CompartmentClass)


@KINDS
def test_the_officer_and_the_operator_open_nothing_by_any_tie(kind: CaseKind) -> None:
    for category in PartnerCategory:
        for what in ({"dpo": True}, {"archives_officer": True}, {"operator": True}):
            assert Readers(kind).reads(member(category, **what), case(**EVERY_TIE)) == set()


@KINDS
def test_a_landlord_knows_of_no_measure_and_shares_no_secret(kind: CaseKind) -> None:
    closed = {CompartmentClass.JUDICIAL, CompartmentClass.SOCIAL}
    landlord = member(PartnerCategory.LANDLORD, coordinator=True)
    assert Readers(kind).reads(landlord, case(**EVERY_TIE)).isdisjoint(closed)


@KINDS
def test_a_personal_link_beats_every_tie(kind: CaseKind) -> None:
    linked = case(excluded=True, **EVERY_TIE)
    for category in PartnerCategory:
        does = Readers(kind).does(member(category, coordinator=True), linked)
        group_acts = {CharterAct.REFER, CharterAct.PREPARE, CharterAct.ATTEND}
        assert does <= group_acts | {CharterAct.HOLD, CharterAct.ELIMINATE}


@KINDS
def test_each_act_of_a_procedure_has_its_walls(kind: CaseKind) -> None:
    assert all(walls(wanted, kind) for wanted in every_wanted(kind))
