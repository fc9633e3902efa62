"""Two texts side by side: exactly what the decisions say, and in sentences for people."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.charters.charter import Charter
from casework.charters.circumstances import FACTS, bits_of, cover, possible, worlds
from casework.charters.comparing import IN_REACH, Right, Tie, Turn, answer, compare, engaged, turned
from casework.charters.differences import Topic, differences
from casework.charters.facts import Fact
from casework.charters.limits import LIMITS
from casework.charters.loading import load
from casework.charters.outcome import Wanted
from casework.charters.readiness import signatures_needed
from casework.charters.vocabulary import CASE_ACTS, CharterAct, CompartmentClass, PartnerCategory
from casework.charters.wording import ACTS, PARTS, TIES, right_said
from casework.charters.wording_of_texts import FIGURES, LISTS, sides_of, title_of
from casework.charters.words import CATEGORIES
from tests.unit.charters.gsn import TEXT, gsn

SHIPPED = Path(__file__).parents[3] / "config/charters"
A, C, P = CharterAct, CompartmentClass, PartnerCategory
SCHOOL_LEADS = (
    'recipients = ["lead"]\ncategories = ["youth_justice", "social_service", "street_work"]',
    'recipients = ["lead"]\ncategories = ["youth_justice", "social_service"]',
)
"""The lead of street work loses the judicial measure."""
PROSECUTOR_ALWAYS = (
    'when = "on_agenda and not restricted"\nobligations',
    'when = "not restricted"\nobligations',
)
MAYOR_EVERYWHERE = ('when = "own_commune and not restricted"', 'when = "not restricted"')


def changed(*pairs: tuple[str, str]) -> Charter:
    text = TEXT.replace("version = 1", "version = 2")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return load(text)


def said(after: Charter, before: Charter | None = None) -> list[str]:
    return [right_said(one, str) for one in compare(before or gsn(), after)]


def test_a_text_beside_itself_changes_nothing() -> None:
    after = changed()
    assert compare(gsn(), after) == []
    assert differences(gsn(), after) == []


def test_what_one_body_loses_is_said_of_it_alone() -> None:
    assert said(changed(SCHOOL_LEADS)) == [
        "Le référent de parcours (club de prévention) ne pourra plus lire la mesure judiciaire."
    ]


def test_the_same_change_turned_round_opens_what_was_closed() -> None:
    (right,) = compare(changed(SCHOOL_LEADS), gsn())
    assert (right.change.turn, right.change.article) == (Turn.OPENED, "8")
    assert right.categories == (P.STREET_WORK,)
    assert right.wanted == (Wanted(A.READ, C.JUDICIAL),)


def test_a_wider_circumstance_is_said_as_what_was_outside_it() -> None:
    decisions = ('when = "in_meeting"\n', "")
    assert said(changed(decisions)) == [
        "La coordination pourra écrire les décisions du groupe, hors séance."
    ]


def test_what_a_wall_holds_shut_is_not_said_to_open() -> None:
    assert said(changed(PROSECUTOR_ALWAYS)) == []
    assert said(changed(MAYOR_EVERYWHERE)) == []


def test_an_obligation_that_is_added_is_an_alteration() -> None:
    added = (
        'id = "lead-knows-who-opened"',
        'id = "lead-knows-who-opened"\nobligations = ["typed_reason"]',
    )
    assert said(changed(added)) == [
        "Le référent de parcours devra, pour savoir qui a ouvert la situation, écrire un motif."
    ]
    (right,) = compare(changed(added), gsn())
    assert "moins de formalités" in right_said(right, str)


@pytest.mark.parametrize("name", ["gsn", "cddf", "rappel-a-l-ordre", "victimes"])
def test_every_shipped_charter_compares_with_itself_and_each_figure_and_list_has_its_words(
    name: str,
) -> None:
    charter = load((SHIPPED / f"{name}.toml").read_text("utf-8"))
    assert compare(charter, charter) == []
    figures = {f"{part}.{key}" for part, keys in LIMITS[charter.kind].items() for key in keys}
    assert figures <= set(FIGURES)
    assert {one.value for one in charter.lists} <= set(LISTS)
    assert signatures_needed(charter) < len(charter.signatories)


def test_dates_of_a_rule_are_a_difference_and_a_right_turns_on_the_day_asked() -> None:
    dated = ('id = "member-attends"', 'id = "member-attends"\nvalid_from = 2027-01-01')
    after = changed(dated)
    (found,) = differences(gsn(), after)
    assert (found.topic, found.name, found.after) == (
        Topic.DATES,
        "member-attends",
        "2027-01-01 – …",
    )
    assert said(after.on(date(2026, 12, 1))) == [
        "Tout membre du groupe ne pourra plus prendre part aux séances."
    ]
    assert compare(gsn(), after.on(date(2027, 1, 1))) == []


def test_every_word_of_the_vocabulary_can_be_said() -> None:
    assert set(ACTS) == set(CharterAct)
    assert set(PARTS) == set(CompartmentClass)
    assert set(CATEGORIES) == set(PartnerCategory)
    assert set(TIES) == set(Tie)


@st.composite
def texts(draw: st.DrawFn) -> Charter:
    """A charter that lacks some rules: any such one can be loaded."""
    head, *rules = TEXT.split("[[rules]]")
    *most, last = rules
    kept = draw(st.lists(st.sampled_from(most), unique=True, min_size=1))
    return load("[[rules]]".join([head.replace("version = 1", "version = 2"), *kept, last]))


def told(rights: list[Right], tie: Tie, category: PartnerCategory, wanted: Wanted,
         world: frozenset[Fact]) -> set[Turn]:  # fmt: skip
    return {
        one.change.turn
        for one in rights
        if one.tie in {tie, Tie.EVERYBODY}
        and wanted in one.wanted
        and (not one.categories or category in one.categories)
        and any(all((fact in world) is true for fact, true in each) for each in one.when)
    }


_TIED = {
    Tie.COORDINATOR: (engaged(P.MUNICIPALITY, coordinator=True), ()),
    Tie.NAMED: (engaged(P.MUNICIPALITY), (Fact.NAMED,)),
    Tie.REFERRER: (engaged(P.MUNICIPALITY), (Fact.REFERRER,)),
    Tie.MEMBER: (engaged(P.MUNICIPALITY), ()),
}


@settings(max_examples=12, deadline=None)
@given(after=texts())
def test_a_comparison_says_exactly_what_two_decisions_say(after: Charter) -> None:
    """Every act of some ties, in every world that can be: told where it turns, and nowhere else."""
    before, rights = gsn(), compare(gsn(), after)
    for tie, (standing, facts) in _TIED.items():
        for wanted, world in product(before.gates, filter(possible, worlds(FACTS))):
            tied = IN_REACH + bits_of(facts) if wanted.act in CASE_ACTS else 0
            bits = tied | bits_of(world)
            pair = (answer(one, standing.bits, wanted, bits) for one in (before, after))
            change = turned(*pair)
            expected = {change.turn} if change else set()
            assert told(rights, tie, P.MUNICIPALITY, wanted, world) == expected, (tie, wanted)


@given(chosen=st.sets(st.frozensets(st.sampled_from(FACTS[:4]))))
def test_a_cover_holds_in_the_wanted_worlds_and_in_no_other_that_can_be(
    chosen: set[frozenset[Fact]],
) -> None:
    names = FACTS[:4]
    wanted = frozenset(filter(possible, chosen))
    terms = cover(names, wanted)
    for world in filter(possible, worlds(names)):
        covered = any(all((fact in world) is true for fact, true in term) for term in terms)
        assert covered == (world in wanted)


@pytest.mark.parametrize(
    ("old", "new", "topic", "title", "sides"),
    [
        ("quorum = 3", "quorum = 4", Topic.FIGURE, "Organismes présents pour décider", ("3", "4")),
        ('mentoring = "Proposer un parrainage"\n', "", Topic.CODE, "Actions",
         ("Proposer un parrainage", "")),
        ("readers_named = false", "readers_named = true", Topic.DUTY,
         "Le relevé remis à la personne nomme les membres", ("non", "oui")),
        ('projected = ["identity", "sheet"]', 'projected = ["sheet"]', Topic.PROJECTED,
         "Projeté en séance : l’identité", ("oui", "non")),
        ('attachments = "Pièces jointes à la fiche partagée"', 'attachments = "Pièces utiles"',
         Topic.COMPARTMENT, "Contenu : les pièces jointes",
         ("Pièces jointes à la fiche partagée", "Pièces utiles")),
    ],
)  # fmt: skip
def test_what_else_differs_is_told_with_both_sides(
    old: str, new: str, topic: Topic, title: str, sides: tuple[str, str]
) -> None:
    (found,) = differences(gsn(), changed((old, new)))
    assert (found.topic, title_of(found, str), sides_of(found, str)) == (topic, title, sides)


def test_what_a_protocol_says_of_silence_is_told_as_a_duty_and_its_days_as_a_figure() -> None:
    text = (SHIPPED / "rappel-a-l-ordre.toml").read_text("utf-8")
    longer = text.replace("opinion_working_days = 10", "opinion_working_days = 15")
    after = load(longer.replace("silence_agrees = false", "silence_agrees = true"))
    told = [(title_of(one, str), sides_of(one, str)) for one in differences(load(text), after)]
    assert told == [
        ("Réponse du parquet, en jours ouvrés", ("10", "15")),
        ("Passé le délai, le silence du parquet vaut accord", ("non", "oui")),
    ]


def test_a_signatory_that_goes_is_a_difference_and_its_rights_are_not_listed() -> None:
    after = changed(('"transport", "mission_locale",', '"mission_locale",'))
    (found,) = differences(gsn(), after)
    assert (found.topic, title_of(found, str)) == (Topic.SIGNATORY, "Signataire : transporteur")
    assert compare(gsn(), after) == []
