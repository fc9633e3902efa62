"""How letters, their fields and their states are called on pages."""

from collections.abc import Mapping
from typing import Any, Final

from casework.errors import InvalidInput, PressFailed
from casework.i18n import gettext, shown
from casework.i18n import lazy_gettext as _l
from casework.letters.fields import LetterField
from casework.letters.kinds import LetterFormat, LetterKind, LetterState

F, K, S = LetterField, LetterKind, LetterState

KINDS: Final[Mapping[LetterKind, tuple[Any, Any]]] = {
    K.INFORMATION_PERSON: (
        _l("Information de la personne"),
        _l("Qui l’accompagne, pourquoi, ce qui est inscrit, ses droits."),
    ),
    K.INFORMATION_REPRESENTATIVES: (
        _l("Information des représentants légaux"),
        _l("La même information, pour les parents d’une personne mineure."),
    ),
    K.INVITATION_FAMILY: (
        _l("Invitation de la famille"),
        _l("Jour, heure et lieu de la rencontre avec le conseil."),
    ),
    K.CERTIFICATE_SUPPORT: (
        _l("Attestation d’accompagnement parental"),
        _l("Les engagements pris, à la fin de l’accompagnement."),
    ),
    K.SUMMONS_ADULT: (_l("Convocation d’un majeur"), _l("Jour, heure, lieu et faits rapportés.")),
    K.SUMMONS_MINOR: (
        _l("Convocation d’un mineur"),
        _l("Écrite pour lui ; une copie va à ses parents."),
    ),
    K.SUMMONS_COPY_REPRESENTATIVES: (
        _l("Copie de la convocation aux représentants légaux"),
        _l("À envoyer avec celle du mineur."),
    ),
    K.INCIVILITY_NOTICE: (
        _l("Rappel aux règles de la vie commune"),
        _l("Sans entretien, pour ce qui n’est pas un rappel à l’ordre."),
    ),
}
"""What a kind of letter is called, and what it is for."""

STATES: Final[Mapping[LetterState, tuple[str, Any]]] = {
    S.ISSUED: ("soon", _l("À remettre")),
    S.SENT: ("ok", _l("Envoyée")),
    S.HANDED: ("ok", _l("Remise en main propre")),
    S.RETURNED: ("late", _l("Revenue")),
    S.CANCELLED: ("neutral", _l("Annulée")),
}
"""A state as its tag shows it."""

MARKS: Final[Mapping[LetterState, Any]] = {
    S.SENT: _l("Envoyée par la poste"),
    S.HANDED: _l("Remise en main propre"),
    S.RETURNED: _l("Revenue sans avoir été lue"),
    S.CANCELLED: _l("Annulée : ni envoyée ni remise"),
}
"""What somebody says of a letter."""

FORMATS: Final[Mapping[LetterFormat, tuple[Any, Any]]] = {
    LetterFormat.PDF: (_l("PDF"), _l("Prêt à imprimer, pour une enveloppe à fenêtre.")),
    LetterFormat.DOCX: (
        _l("Word (.docx)"),
        _l("Avec le modèle de la mairie, à relire avant envoi."),
    ),
    LetterFormat.ODT: (_l("LibreOffice (.odt)"), _l("Avec le modèle de la mairie, à relire.")),
}

FIELDS: Final[Mapping[LetterField, tuple[Any, Any]]] = {
    F.SENDER: (_l("Expéditeur"), _l("Nom du service et adresse, une ligne chacun.")),
    F.PLACE: (_l("Fait à"), _l("La commune écrite devant la date.")),
    F.SIGNATORY: (_l("Signataire"), _l("Nom et qualité, sous la lettre.")),
    F.CONTACT: (_l("Pour répondre"), _l("Téléphone, adresse ou courriel où l’on répond.")),
    F.OFFICER: (_l("Protection des données"), _l("Où écrire pour exercer ses droits.")),
    F.GROUP: (_l("Nom du groupe"), ""),
    F.REFERENCE: (_l("Numéro de la lettre"), ""),
    F.DATE: (_l("Date de la lettre"), ""),
    F.KEPT: (_l("Durée de conservation, d’après la charte"), ""),
    F.RECIPIENT: (_l("Destinataire"), ""),
    F.ADDRESS: (_l("Adresse"), _l("Laissez vide si la lettre est remise en main propre.")),
    F.PERSON: (_l("Personne concernée"), ""),
    F.DAY: (_l("Jour"), ""),
    F.HOUR: (_l("Heure"), _l("par exemple 14 h 30")),
    F.VENUE: (_l("Lieu"), _l("Bâtiment, étage, salle.")),
    F.FACTS: (_l("Faits rapportés"), _l("En peu de mots, sans nommer personne d’autre.")),
    F.FACTS_ON: (_l("Date des faits"), ""),
    F.PERIOD: (_l("Période"), _l("par exemple « de janvier à juin 2026 »")),
    F.COMMITMENTS: (_l("Engagements"), _l("Un par ligne, tels qu’ils ont été pris.")),
}
"""A field's label and its hint."""

UNCOMPOSED: Final[Mapping[str, Any]] = {
    "library-missing": _l(
        "Le serveur n’a pas Pango, la bibliothèque qui met les PDF en page. Imprimez la lettre "
        "depuis cette page, ou choisissez Word ou LibreOffice."
    ),
    "too-long": _l("La mise en page a pris trop de temps. Réessayez, ou imprimez cette page."),
}
"""Why a letter has no file yet."""


def why_uncomposed(fault: PressFailed | InvalidInput) -> str:
    """Return why a file could not be made, in a sentence."""
    if isinstance(fault, InvalidInput):
        return " ".join(shown(one) for said in fault.fields.values() for one in said)
    other = gettext("Réessayez dans un instant. La lettre, elle, est enregistrée.")
    return str(UNCOMPOSED.get(fault.reason, other))
