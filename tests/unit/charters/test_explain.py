from casework.charters.explain import Line, account
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from tests.unit.charters.gsn import case, gsn, member

SHEET = Wanted(CharterAct.READ, CompartmentClass.SHEET)


def line(standing: Standing, facts: CaseFacts) -> Line:
    lines = account(gsn(), standing, facts)
    return next(one for one in lines if one.question.wanted == SHEET)


def test_a_grant_is_explained_by_the_sentence_of_its_rule() -> None:
    assert line(member(), case(named=True)).sentence == (
        "Le membre nommé lit l’identité et la fiche partagée"
        " (article 6, «\u00a0Ce que le groupe partage\u00a0»)."
    )


def test_a_refusal_is_explained_by_its_reason() -> None:
    assert line(member(), case()).sentence == (
        "Son nom n’est pas parmi ceux appelés à connaître cette situation"
        " (article 4, «\u00a0Besoin d’en connaître\u00a0»)."
    )
