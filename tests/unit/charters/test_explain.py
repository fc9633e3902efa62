from casework.charters.explain import Reader, answers, explain, powers, who_sees
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from tests.unit.charters.gsn import ask, case, coordinator, gsn, member

READERS = [
    Reader("École Rosa-Bonheur", member(), case()),
    Reader("Club de la Robertsau", member(), case(named=True)),
    Reader("Coordination", coordinator(), case()),
]
SHEET = Wanted(CharterAct.READ, CompartmentClass.SHEET)


def test_who_sees_names_only_those_who_may() -> None:
    seen = [one.label for one in who_sees(gsn(), SHEET, READERS)]
    assert seen == ["Club de la Robertsau", "Coordination"]


def test_those_who_may_come_first_and_each_answer_cites_its_article() -> None:
    given = answers(gsn(), SHEET, READERS)
    assert [one.decision.allowed for one in given] == [True, True, False]
    assert [one.decision.article for one in given] == ["6", "9", "4"]


def test_a_grant_is_explained_by_the_sentence_of_its_rule() -> None:
    decision = ask(member(), case(named=True), CharterAct.READ, CompartmentClass.SHEET)
    assert explain(gsn(), decision) == (
        "Le membre nommé lit l’identité et la fiche partagée"
        " (article 6, « Ce que le groupe partage »)."
    )


def test_a_refusal_is_explained_by_its_reason() -> None:
    decision = ask(member(), case(), CharterAct.READ, CompartmentClass.SHEET)
    assert explain(gsn(), decision) == (
        "Votre nom n’est pas parmi ceux appelés à connaître cette situation"
        " (article 4, « Besoin d’en connaître »)."
    )


def test_powers_are_everything_that_one_may_do_and_nothing_else() -> None:
    assert set(powers(gsn(), member(), case())) == {
        Wanted(CharterAct.REFER),
        Wanted(CharterAct.ATTEND),
    }
