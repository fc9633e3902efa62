"""How cards and enquiries speak to the officer: what is counted, from where on, and no blame."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casework.enquiries.policy import Conclusion, EnquiryState
from casework.enquiries.rules import (
    EVENING,
    HISTORY,
    LEAST,
    MORNING,
    UNHEARD_AFTER,
    Card,
)
from casework.i18n import lazy_gettext as _l


class CardWords(NamedTuple):
    """The title of a card, and one sentence: what it counts and from which threshold."""

    title: Any
    rule: Any


CARDS: Final[Mapping[Card, CardWords]] = {
    Card.DECOY: CardWords(
        _l("Situations leurres"),
        _l("Ouvertures d’une situation leurre, dès la première : elle ne parle de personne."),
    ),
    Card.EXCEPTIONAL: CardWords(
        _l("Accès exceptionnels"),
        _l("Situations ouvertes sans y être nommé et clés prêtées, dès la première."),
    ),
    Card.SAME_NAME: CardWords(
        _l("Même nom de famille"),
        _l(
            "Lectures d’une situation dont une personne porte le nom de famille de qui l’a "
            "ouverte, dès la première. La page lui propose de déclarer un lien. Le nom n’est pas "
            "au registre."
        ),
    ),
    Card.ENDED: CardWords(
        _l("Après un départ"),
        _l(
            "Lectures ou tentatives d’un membre après la fin de ses mandats ou la fermeture de "
            "son compte, dès la première."
        ),
    ),
    Card.CLOSED: CardWords(
        _l("Après la clôture"),
        _l("Lectures d’une situation à partir du lendemain de sa clôture, dès la première."),
    ),
    Card.UNHEARD: CardWords(
        _l("Jamais en séance"),
        _l(
            "Lectures d’une situation vieille de plus de %(days)d jours et jamais mise à l’ordre "
            "du jour, par quelqu’un qui n’y est ni nommé ni référent, dès la première.",
            days=UNHEARD_AFTER.days,
        ),
    ),
    Card.VOLUME: CardWords(
        _l("Journées inhabituelles"),
        _l(
            "Lectures des jours où un membre a ouvert au moins %(least)d situations, et plus du "
            "double de son jour le plus chargé des %(days)d jours d’avant. Chacun n’est comparé "
            "qu’à lui-même.",
            least=LEAST,
            days=HISTORY.days,
        ),
    ),
    Card.HOURS: CardWords(
        _l("Hors horaires"),
        _l(
            "Lectures entre %(evening)d h et %(morning)d h, le samedi ou le dimanche, dès la "
            "première. Bien des métiers travaillent le soir : c’est une question.",
            evening=EVENING,
            morning=MORNING,
        ),
    ),
    Card.OTHER: CardWords(
        _l("Motif « autre »"),
        _l("Lectures pour un motif qui n’est pas dans la liste, dès la première."),
    ),
}

STATES: Final[Mapping[EnquiryState, tuple[str, Any]]] = {
    EnquiryState.OPEN: ("soon", _l("en attente de réponse")),
    EnquiryState.ANSWERED: ("soon", _l("à conclure")),
    EnquiryState.CONCLUDED: ("ok", _l("conclue")),
}

CONCLUSIONS: Final[Mapping[Conclusion, CardWords]] = {
    Conclusion.UNFOUNDED: CardWords(
        _l("Rien d’anormal"), _l("La question n’avait pas lieu d’être.")
    ),
    Conclusion.EXPLAINED: CardWords(_l("Expliqué"), _l("Inhabituel, mais la réponse convient.")),
    Conclusion.FOUNDED: CardWords(
        _l("Manquement"),
        _l("Cet accès n’aurait pas dû avoir lieu ; les suites se décident ailleurs."),
    ),
}
