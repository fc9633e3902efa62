"""Why an access is refused: short codes for the register, French sentences for people."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from casework.sentences import N_, Sentence


class Refusal(StrEnum):
    """Reasons of refusal, in the order in which they are looked for."""

    OPERATOR = "operator"
    SERVICE = "service"
    NOT_SIGNED_IN = "not-signed-in"
    DPO_CONTENT = "dpo-content"
    ARCHIVES_CONTENT = "archives-content"
    NO_MANDATE = "no-mandate"
    CHARTER_NOT_SIGNED = "charter-not-signed"
    UNDERTAKING_NOT_SIGNED = "undertaking-not-signed"
    EXCLUDED = "excluded"
    NOT_ADMITTED = "not-admitted"
    OUT_OF_TERRITORY = "out-of-territory"
    OTHER_COMMUNE = "other-commune"
    SEALED = "sealed"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    NOT_NAMED = "not-named"
    ORIGIN_MASKED = "origin-masked"
    OTHER_SERVICE = "other-service"
    SOCIAL_SECRET = "social-secret"  # noqa: S105 - a professional secret, not a password
    JUDICIAL_RESERVED = "judicial-reserved"
    OTHER_FUNCTION = "other-function"
    PROTECTED = "protected"
    NO_RULE = "no-rule"
    NOT_FORESEEN = "not-foreseen"


GRANTED = "granted"

NEWER: Mapping[Refusal, Refusal] = MappingProxyType({Refusal.PROTECTED: Refusal.NOT_NAMED})
"""Refusals that a charter signed before they existed grounds with the article of another."""

SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        GRANTED: N_("La charte ouvre cet accès."),
        Refusal.OPERATOR: N_("L’exploitation du service ne donne accès à aucune situation."),
        Refusal.SERVICE: N_("Un traitement automatique n’ouvre aucune situation."),
        Refusal.NOT_SIGNED_IN: N_(
            "Aucun accès n’est possible sans un compte au nom d’une personne."
        ),
        Refusal.DPO_CONTENT: N_("La protection des données contrôle les accès, jamais le contenu."),
        Refusal.ARCHIVES_CONTENT: N_(
            "Les archives visent des listes sans noms, jamais le contenu."
        ),
        Refusal.NO_MANDATE: N_(
            "Aucun mandat en cours dans ce groupe n’est enregistré à votre nom."
        ),
        Refusal.CHARTER_NOT_SIGNED: N_("Votre organisme n’a pas signé la charte en vigueur."),
        Refusal.UNDERTAKING_NOT_SIGNED: N_("Votre engagement personnel n’est pas signé à ce jour."),
        Refusal.EXCLUDED: N_("Un lien personnel déclaré écarte de cette situation."),
        Refusal.NOT_ADMITTED: N_("Votre organisme n’est pas associé à cette situation."),
        Refusal.OUT_OF_TERRITORY: N_("Cette situation est hors du territoire du groupe."),
        Refusal.OTHER_COMMUNE: N_(
            "Cette procédure relève d’une seule commune, qui n’est pas la vôtre."
        ),
        Refusal.SEALED: N_("La durée de conservation est échue : la situation est scellée."),
        Refusal.CLOSED: N_("Le suivi est clos : rien ne peut plus y être ajouté."),
        Refusal.RESTRICTED: N_("Le suivi est clos : sa consultation est réservée."),
        Refusal.NOT_NAMED: N_(
            "Votre nom n’est pas parmi ceux appelés à connaître cette situation."
        ),
        Refusal.ORIGIN_MASKED: N_(
            "L’origine d’une saisine n’est connue que de la coordination"
            " et de la personne qui l’a faite."
        ),
        Refusal.OTHER_SERVICE: N_("Cette note appartient à un autre organisme, qui la garde."),
        Refusal.SOCIAL_SECRET: N_("Ce partage est réservé aux professionnels de l’action sociale."),
        Refusal.JUDICIAL_RESERVED: N_("Cette mesure n’est pas ouverte à votre type d’organisme."),
        Refusal.OTHER_FUNCTION: N_("Cet acte relève d’une autre fonction."),
        Refusal.PROTECTED: N_("Cette situation ne s’ouvre qu’à deux personnes."),
        Refusal.NO_RULE: N_("La charte ne prévoit pas cet accès pour vous ; il est donc refusé."),
        Refusal.NOT_FORESEEN: N_("La charte ne connaît pas cet acte ; il est donc refusé."),
    }
)
"""One sentence per code: what happened, without blame and without naming anybody."""

ABOUT: Mapping[str, Sentence] = MappingProxyType(
    {
        **SENTENCES,
        Refusal.NO_MANDATE: N_("Aucun mandat en cours dans ce groupe n’est enregistré à son nom."),
        Refusal.CHARTER_NOT_SIGNED: N_("Son organisme n’a pas signé la charte en vigueur."),
        Refusal.UNDERTAKING_NOT_SIGNED: N_("Son engagement personnel n’est pas signé à ce jour."),
        Refusal.NOT_ADMITTED: N_("Son organisme n’est pas associé à cette situation."),
        Refusal.NOT_NAMED: N_("Son nom n’est pas parmi ceux appelés à connaître cette situation."),
        Refusal.JUDICIAL_RESERVED: N_("Cette mesure n’est pas ouverte à son type d’organisme."),
        Refusal.NO_RULE: N_("La charte ne prévoit pas cet accès ; il est donc refusé."),
    }
)
"""The same of somebody else: what the officer, a trainer or the operator is told of a member."""
