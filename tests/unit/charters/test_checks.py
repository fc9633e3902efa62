"""What the parts of a charter owe one another, each fault told once and at its line."""

import re

import pytest

from casework.charters.checks import check_charter
from casework.charters.faults import Notebook
from casework.charters.lines import Lines
from casework.charters.loading import check
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import CaseKind
from tests.neighbours import text_with_presence
from tests.unit.charters.gsn import TEXT
from tests.unit.charters.shipped import text_of
from tests.unit.charters.test_custody import RESERVED, with_custody
from tests.unit.charters.test_invariants import generous, with_gates, without
from tests.unit.charters.test_loading import line_of, nbsp

VICTIMS = text_of(CaseKind.VICTIM)
PARTS = ("persons", "texts", "clocks", "register", "meetings", "information")


def rule(**changed: str) -> str:
    """Return a charter with one more rule, on what nobody else speaks of."""
    said = {
        "id": '"second"',
        "article": '"6"',
        "says": '"Une règle inventée."',
        "recipients": '["named"]',
        "acts": '["close"]',
        "level": '"write"',
    } | changed
    return "\n".join((TEXT, "[[rules]]", *(f"{key} = {value}" for key, value in said.items()), ""))


def told(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.sentence) for one in check(text)]


def citing(text: str, part: str, number: str) -> tuple[str, int]:
    """Return the charter with another article cited by a part, and the line where it is."""
    at = text.index(f"\n[{part}]\n")
    cited = re.compile(r'^article = "[^"]*"$', re.MULTILINE).search(text, at)
    assert cited
    worse = f'{text[: cited.start()]}article = "{number}"{text[cited.end() :]}'
    return worse, worse[: cited.start()].count("\n") + 1


@pytest.mark.parametrize("part", PARTS)
def test_each_part_cites_an_article_that_exists(part: str) -> None:
    worse, line = citing(TEXT, part, "99")
    assert told(worse) == [(line, "L’article 99 n’existe pas.")]


@pytest.mark.parametrize(
    ("text", "part"), [(text_with_presence(), "presence"), (with_custody(RESERVED), "custody")]
)
def test_so_do_the_parts_that_a_charter_may_leave_out(text: str, part: str) -> None:
    worse, line = citing(text, part, "99")
    assert (line, "L’article 99 n’existe pas.") in told(worse)


@pytest.mark.parametrize(
    ("changed", "key", "sentence"),
    [
        ({"article": '"99"'}, "article", "L’article 99 n’existe pas."),
        (
            {"level": '"read"'},
            "level",
            "L’acte « close » demande au moins le niveau « write ».",
        ),
        (
            {"acts": '["read"]', "level": '"read"'},
            "acts",
            "L’acte « read » doit dire sur quelle classe il porte.",
        ),
        (
            {"classes": '["sheet"]'},
            "classes",
            "Aucun acte de la règle ne porte sur « sheet ».",
        ),
        (
            {"when": '"restricted"'},
            "when",
            "Cette règle ne peut jamais s’appliquer à « close ».",
        ),
        (
            {"categories": '["archives"]'},
            "categories",
            "« archives » n’est pas signataire de la charte.",
        ),
        (
            {"recipients": '["archives_officer"]'},
            "recipients",
            "Le contrôle et les archives n’ont jamais accès au contenu.",
        ),
        (
            {"recipients": '["dpo"]'},
            "recipients",
            "Le contrôle et les archives n’ont jamais accès au contenu.",
        ),
        (
            {"acts": '["read"]', "classes": '["origin"]', "level": '"read"'},
            "recipients",
            "L’origine n’est ouverte qu’à la coordination et à la personne qui saisit.",
        ),
        (
            {
                "acts": '["read"]',
                "classes": '["social"]',
                "categories": '["education"]',
                "level": '"read"',
            },
            "categories",
            "« social » ne peut pas être ouvert à « education ».",
        ),
        (
            {
                "acts": '["read"]',
                "classes": '["judicial"]',
                "categories": '["landlord"]',
                "level": '"read"',
            },
            "categories",
            "« judicial » ne peut pas être ouvert à « landlord ».",
        ),
        (
            {"acts": '["read"]', "classes": '["protected_contact"]', "level": '"read"'},
            "classes",
            "La classe « protected_contact » n’est pas décrite dans « compartments ».",
        ),
        ({"level": '"all"'}, "level", "« all » n’est pas un niveau connu."),
        ({"when": '"boss"'}, "when", "« boss » n’est pas un fait connu."),
        (
            {"recipients": '["nobody"]'},
            "recipients",
            "« nobody » n’est pas un code connu pour « recipients ».",
        ),
    ],
)
def test_a_fault_of_a_rule_is_told_once_at_the_line_of_what_is_wrong(
    changed: dict[str, str], key: str, sentence: str
) -> None:
    worse = rule(**changed)
    last = worse.rindex(f"\n{key} = ")
    assert told(worse) == [(worse[: last + 1].count("\n") + 1, nbsp(sentence))]


def test_a_rule_with_nothing_wrong_is_told_nothing() -> None:
    assert told(rule()) == []
    assert told(rule(article='"15"', recipients='["dpo"]', acts='["audit"]', level='"read"')) == []


def test_a_rule_that_contradicts_another_is_told_at_its_name() -> None:
    worse = rule(acts='["read"]', classes='["sheet"]', obligations='["reason"]')
    found = told(worse)
    assert {line for line, _ in found} == {line_of(worse, 'id = "second"')}
    assert all("se contredisent" in sentence for _, sentence in found)


def test_a_rule_of_days_on_which_the_charter_does_not_hold_is_told_at_its_first_day() -> None:
    dated = rule(valid_from="2027-01-01").replace(
        "version = 1", "version = 1\nvalid_to = 2026-12-31", 1
    )
    said = "Les dates de cette règle ne rencontrent jamais celles de la charte."
    assert told(dated) == [(line_of(dated, "valid_from"), said)]


def test_an_act_that_the_procedure_lacks_is_told_at_its_line() -> None:
    worse = VICTIMS.replace('["triage", "report"', '["decide", "report"', 1)
    said = nbsp("L’acte « decide » n’existe pas dans cette procédure.")
    assert told(worse) == [(line_of(worse, '"decide"'), said)]


def test_a_class_kept_for_members_hands_is_described_or_told_at_its_line() -> None:
    assert told(with_custody(RESERVED)) == []
    worse = with_custody(RESERVED.replace("social", "protected_contact"))
    said = nbsp("La classe « protected_contact » n’est pas décrite dans « compartments ».")
    assert told(worse) == [(line_of(worse, "members_only ="), said)]


def test_a_charter_for_victims_that_lets_ask_who_is_known_is_told_so_at_that_part() -> None:
    assert told(text_with_presence()) == []
    victims = text_with_presence().replace('kind = "followup"', 'kind = "victim"', 1)
    at = line_of(victims, "\n[presence]\n") + 1
    assert [said for line, said in told(victims) if line == at and "226-13" in said]


def test_a_class_that_the_procedure_lacks_is_told_at_its_line() -> None:
    worse = TEXT.replace('sheet = "Fiche', 'protected_contact = "Lieu"\nsheet = "Fiche', 1)
    said = nbsp("« protected_contact » n’existe pas dans cette procédure.")
    assert told(worse) == [(line_of(worse, "protected_contact ="), said)]


@pytest.mark.parametrize("recipient", ["member", "coordinator"])
def test_rule_19_whoever_is_no_part_of_it_knows_that_a_referral_exists_and_no_more(
    recipient: str,
) -> None:
    finds = 'recipients = ["coordinator"]\nacts = ["list"]\nlevel = "exists"'
    assert finds in VICTIMS
    wider = finds.replace("coordinator", recipient).replace("exists", "summary")
    sentences = [sentence for _, sentence in told(VICTIMS.replace(finds, wider, 1))]
    assert any("une orientation existe, et rien de plus" in one for one in sentences)


@pytest.mark.parametrize(
    ("good", "bad", "sentences"),
    [
        (
            '["origin-masked"]',
            '["protected"]',
            [
                "Aucun article ne fonde le refus « origin-masked ».",
                "Plusieurs articles fondent le refus « protected ».",
            ],
        ),
        (
            '["origin-masked"]',
            '["origin-masked", "protected"]',
            ["Plusieurs articles fondent le refus « protected »."],
        ),
    ],
)
def test_a_refusal_grounded_never_or_twice_is_told_at_the_first_article(
    good: str, bad: str, sentences: list[str]
) -> None:
    found = told(TEXT.replace(good, bad, 1))
    assert [line for line, _ in found] == [line_of(TEXT, "[[articles]]")] * len(sentences)
    assert all(nbsp(said) in one for said, (_, one) in zip(sentences, found, strict=True))


def test_a_charter_whose_walls_have_fallen_is_not_taken() -> None:
    kind = CaseKind.FOLLOWUP
    gates = generous(kind).gates.items()
    worse = {wanted: without(Refusal.NOT_NAMED, gate) for wanted, gate in gates}
    notebook = Notebook(Lines(TEXT))
    check_charter(with_gates(kind, worse), notebook)
    found = [one for one in notebook.faults if "sans y être appelé" in one.sentence]
    assert {one.line for one in found} == {line_of(TEXT, "[[rules]]")}
