"""What a text should perhaps not say is asked about, in French as it is typed."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.screening.folding import folded
from casework.screening.questions import QUESTIONS, REFUSED
from casework.screening.rules import look
from casework.screening.values import Subject


def subjects(text: str, *known: str) -> set[Subject]:
    return {one.subject for one in look(text, known)}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Il est suivi par un psychiatre.", Subject.HEALTH),
        ("DÉPRESSION depuis mars", Subject.HEALTH),
        ("Elle consomme du cannabis", Subject.HEALTH),
        ("La famille est musulmane", Subject.RELIGION),
        ("Elle est voilée", Subject.RELIGION),
        ("jeune d’origine turque", Subject.ORIGIN),
        ("vit chez les gens du voyage", Subject.ORIGIN),
        ("le père est syndiqué", Subject.OPINION),
        ("il serait homosexuel", Subject.SEXUAL_LIFE),
        ("il s’est radicalisé", Subject.RADICALISATION),
        ("déjà condamné en 2024", Subject.OFFENCE_RECORD),
        ("connu de la police", Subject.OFFENCE_RECORD),
        ("sa mère est manipulatrice", Subject.JUDGEMENT),
        ("c’est un voyou", Subject.JUDGEMENT),
        ("vu avec Kévin au parc", Subject.OTHER_PERSON),
        ("Mme Duvaucelle l’a reçu", Subject.OTHER_PERSON),
        ("accompagné de Karim BENVALLON", Subject.OTHER_PERSON),
        ("son frère Yanis l’attendait", Subject.OTHER_PERSON),
        ("joindre au 06 12 34 56 78", Subject.TELEPHONE),
        ("+33 (0)6.12.34.56.78", Subject.TELEPHONE),
        ("n° 2 99 07 67 482 123 45", Subject.SOCIAL_SECURITY),
        ("1850783123456", Subject.SOCIAL_SECURITY),
        ("1 85 07 2A 123 456", Subject.SOCIAL_SECURITY),
    ],
)
def test_a_subject_is_met_in_words_as_they_are_typed(text: str, subject: Subject) -> None:
    assert subject in subjects(text)


@pytest.mark.parametrize(
    "text",
    [
        "Absent onze fois depuis septembre, vu seul au parc après 22 heures.",
        "Sa mère demande de l’aide pour le retour à l’école.",
        "Il aime le football ; un stage lui a été proposé par le club.",
        "Rendez-vous le 12/03/2026 à 14 h 30, salle 204.",
        "Dégradations constatées dans le hall, au 12 rue des Invalides.",
        "La première rencontre s’est bien passée.",
        "Originale, elle dessine beaucoup.",
    ],
)
def test_a_plain_text_is_asked_nothing(text: str) -> None:
    assert look(text) == ()


def test_names_the_text_is_about_are_nobody_else_s() -> None:
    assert subjects("Vu avec Timéo hier") == {Subject.OTHER_PERSON}
    assert subjects("Vu avec Timéo hier", "TIMEO") == set()


def test_a_passage_gives_its_words_and_its_place() -> None:
    text = "On dit qu’il est drogué."
    (found,) = look(text)
    assert found.words == text[found.first : found.last] == "drogué"


@given(st.text(max_size=80))
def test_folding_keeps_each_letter_in_its_place(text: str) -> None:
    read = normalize("NFC", text)
    assert len(folded(read)) == len(read)
    assert all(0 <= one.first < one.last <= len(read) for one in look(text))


def test_capitals_and_accents_change_nothing() -> None:
    assert subjects("DEPRESSION") == subjects("dépression") == {Subject.HEALTH}


def test_each_subject_has_its_question_and_only_the_number_is_refused() -> None:
    assert set(QUESTIONS) == set(Subject)
    assert {Subject.SOCIAL_SECURITY} == REFUSED
