"""What else differs, in words: a figure, a duty, a party, an article, a line of a closed list."""

from collections.abc import Mapping
from typing import Final

from casework.charters.differences import Difference, Topic
from casework.charters.vocabulary import CompartmentClass, PartnerCategory
from casework.charters.wording import PARTS, Say, body_said
from casework.sentences import N_, Sentence

FIGURES: Final[Mapping[str, Sentence]] = {
    "persons.age_from": N_("Âge à partir duquel une personne est suivie, en années"),
    "persons.age_to": N_("Âge auquel tout suivi cesse, en années"),
    "texts.free_text_max": N_("Longueur d’un texte libre, en caractères"),
    "clocks.referral_not_kept_days": N_("Effacement d’une saisine non retenue, en jours"),
    "clocks.after_closure_months": N_("Conservation après la clôture, en mois"),
    "clocks.review_months": N_("Délai entre deux bilans, en mois"),
    "clocks.stale_meetings": N_("Séances sans décision avant de clore"),
    "clocks.elimination_alert_months": N_("Attente d’un visa avant l’alerte, en mois"),
    "clocks.keystore_backup_days": N_("Sauvegardes des clés, en jours"),
    "register.searchable_months": N_("Registre consultable, en mois"),
    "register.kept_months": N_("Registre gardé, en mois"),
    "meetings.quorum": N_("Organismes présents pour décider"),
    "protocol.opinion_working_days": N_("Réponse du parquet, en jours ouvrés"),
    "protocol.summons_days": N_("Délai entre la convocation et l’entretien, en jours"),
}
DUTIES: Final[Mapping[str, Sentence]] = {
    "register.readers_named": N_("Le relevé remis à la personne nomme les membres"),
    "information.before_first_review": N_("La personne est informée avant le premier bilan"),
    "information.legal_representatives": N_("Les représentants légaux sont informés"),
    "protocol.opinion_required": N_("L’avis du parquet précède toute convocation"),
    "protocol.silence_agrees": N_("Passé le délai, le silence du parquet vaut accord"),
    "protocol.incivility_notices": N_("La commune envoie des rappels aux règles par courrier"),
}
LISTS: Final[Mapping[str, Sentence]] = {
    "purposes": N_("Finalités"),
    "referral_reasons": N_("Motifs de saisine"),
    "origins": N_("Origines"),
    "actions": N_("Actions"),
    "decisions": N_("Décisions"),
    "closure_reasons": N_("Motifs de clôture"),
    "delay_reasons": N_("Motifs de retard"),
    "redirections": N_("Réorientations"),
    "facts": N_("Faits"),
    "rules_recalled": N_("Règles rappelées"),
    "recommendations": N_("Recommandations"),
    "commitments": N_("Engagements"),
    "needs": N_("Besoins"),
    "consent_channels": N_("Manières de consentir"),
    "consent_scopes": N_("Étendues du consentement"),
}
_YES, _NO = N_("oui"), N_("non")
_TITLES: Final[Mapping[Topic, Sentence]] = {
    Topic.SIGNATORY: N_("Signataire : %(what)s"),
    Topic.ARTICLE: N_("Article %(what)s"),
    Topic.PROJECTED: N_("Projeté en séance : %(what)s"),
    Topic.CUSTODY: N_("Réservé aux organismes qui gardent leur clé : %(what)s"),
    Topic.COMPARTMENT: N_("Contenu : %(what)s"),
    Topic.NAME: N_("Nom de ce type de groupe"),
}


def title_of(one: Difference, say: Say) -> str:
    """Return what a difference is about."""
    match one.topic:
        case Topic.FIGURE:
            return say(FIGURES[one.name])
        case Topic.DUTY:
            return say(DUTIES[one.name])
        case Topic.DATES:
            return say(N_("Dates de validité")) + (f" ({one.name})" if one.name else "")
        case Topic.CODE:
            return say(LISTS[one.name.partition(".")[0]])
        case Topic.NAME:
            return say(_TITLES[one.topic])
    return say(Sentence(_TITLES[one.topic].message, {"what": _what(one, say)}))


def sides_of(one: Difference, say: Say) -> tuple[str, str]:
    """Return what the two texts say; empty where one says nothing."""
    match one.topic:
        case Topic.SIGNATORY | Topic.PROJECTED | Topic.CUSTODY:
            return say(_YES if one.before else _NO), say(_YES if one.after else _NO)
        case Topic.DUTY:
            return _flag(one.before, say), _flag(one.after, say)
    return one.before, one.after


def _flag(value: str, say: Say) -> str:
    return say(_YES if value == "true" else _NO)


def _what(one: Difference, say: Say) -> str:
    if one.topic is Topic.SIGNATORY:
        return body_said(PartnerCategory(one.name), say)
    if one.topic is Topic.ARTICLE:
        return one.name
    return say(PARTS[CompartmentClass(one.name)])
