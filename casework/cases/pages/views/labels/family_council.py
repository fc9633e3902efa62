"""The words of a family council: what each step is called, asks, and says once it is taken."""

from typing import Final

from casework.cases.pages.views.labels.followup import FOLLOWUP
from casework.cases.pages.views.labels.wording import StepWords, Wording
from casework.cases.procedures.steps import CaseState, Step
from casework.i18n import lazy_gettext as _l

_STEPS: Final = {
    Step.ACCEPT: StepWords(
        _l("Vérifier et retenir pour la séance"),
        _l("Saisine vérifiée"),
        _l("Trois questions, avant de mettre une famille à l’ordre du jour."),
    ),
    Step.SUMMON: StepWords(
        _l("Inviter la famille"),
        _l("Famille invitée"),
        _l("Une invitation écrite, qui dit ce qui est enregistré et les droits de la famille."),
    ),
    Step.HEAR: StepWords(
        _l("Inscrire l’audition"),
        _l("Famille entendue"),
        _l("Les échanges restent oraux. S’inscrivent les recommandations et les engagements."),
    ),
    Step.MISS: StepWords(
        _l("La famille n’est pas venue"),
        _l("Famille absente"),
        _l("Sans reproche : elle peut être invitée de nouveau."),
    ),
    Step.TELL: StepWords(
        _l("Informer des tiers"),
        _l("Tiers informés des recommandations"),
        _l("Seulement ceux dont la famille a besoin ; ils sont tenus au secret."),
    ),
    Step.PROPOSE: StepWords(
        _l("Proposer un accompagnement parental"),
        _l("Accompagnement parental proposé"),
        _l("Les deux questions sont posées de nouveau : des semaines ont passé."),
    ),
    Step.CONSULT: StepWords(
        _l("Demander l’avis du département"),
        _l("Avis du président du conseil départemental demandé"),
        _l("L’avis est consultatif. Qui est désigné ici y répond dans le service."),
    ),
    Step.ADVISE: StepWords(_l("Rendre l’avis du département"), _l("Avis du département rendu")),
    Step.LODGE: StepWords(_l("Inscrire l’avis reçu par courrier"), _l("Avis du département reçu")),
    Step.NOTIFY_EDUCATION: StepWords(_l("Informer le rectorat"), _l("Rectorat informé")),
    Step.NOTIFY_SCHOOL: StepWords(
        _l("Informer l’établissement scolaire"), _l("Établissement scolaire informé")
    ),
    Step.NOTIFY_BENEFITS: StepWords(
        _l("Informer l’organisme des prestations familiales"),
        _l("Organisme des prestations familiales informé"),
    ),
    Step.NOTIFY_PREFECT: StepWords(_l("Informer le préfet"), _l("Préfet informé")),
    Step.AGREE: StepWords(
        _l("Les parents acceptent"),
        _l("Accompagnement accepté par les parents"),
    ),
    Step.DECLINE: StepWords(
        _l("Les parents refusent"),
        _l("Accompagnement refusé par les parents"),
        _l("Un refus n’est pas une faute. La situation peut se poursuivre autrement."),
    ),
    Step.MEET: StepWords(_l("Inscrire une rencontre de suivi"), _l("Rencontre de suivi")),
    Step.CERTIFY: StepWords(
        _l("Établir l’attestation"),
        _l("Attestation établie"),
        _l("Elle constate l’engagement solennel des parents et met fin à la situation."),
    ),
}
_FIELDS: Final = {
    "resident": _l("La famille vit-elle dans la commune ?"),
    "assistance": _l("Une mesure d’assistance éducative est-elle ordonnée pour un des enfants ?"),
    "contract": _l("Un contrat de responsabilité parentale existe-t-il ?"),
    "sent_on": _l("Invitation envoyée ou remise le"),
    "hearing_on": _l("Jour de la séance"),
    "place": _l("Heure et lieu"),
    "invited": _l("Qui est invité"),
    "conflict": _l("Un représentant légal est-il en conflit d’intérêts avec l’enfant ?"),
    "attended": _l("Qui est venu"),
    "recommendations": _l("Recommandations du conseil"),
    "commitments": _l("Engagements de la famille"),
    "back_on": _l("Elle revient devant le conseil le"),
    "why_absent": _l("Ce que l’on sait"),
    "told_on": _l("Informés le"),
    "told": _l("Qui est informé"),
    "ground": _l("Ce qui le motive"),
    "asked_by": _l("À l’initiative de"),
    "asked_on": _l("Demandé le"),
    "answer_by": _l("Réponse attendue pour le"),
    "opinion": _l("Avis"),
    "remark": _l("Observation"),
    "received_on": _l("Reçu, ou silence constaté, le"),
    "agreed_on": _l("Accord donné le"),
    "declined_on": _l("Refus donné le"),
    "motive": _l("Les parents ont-ils donné un motif ?"),
    "met_on": _l("Rencontre du"),
    "came": _l("Qui est venu"),
    "certified_on": _l("Attestation délivrée le"),
    "undertaking": _l("Les parents ont-ils signé l’engagement solennel ?"),
}
_TOLD: Final = {
    "resident": _l("Vit dans la commune"),
    "assistance": _l("Assistance éducative"),
    "contract": _l("Contrat de responsabilité parentale"),
    "sent_on": _l("Invitation du"),
    "hearing_on": _l("Pour la séance du"),
    "invited": _l("Invités"),
    "conflict": _l("Conflit d’intérêts d’un représentant"),
    "attended": _l("Présents"),
    "recommendations": _l("Recommandations"),
    "commitments": _l("Engagements"),
    "back_on": _l("Retour devant le conseil le"),
    "why_absent": _l("Motif"),
    "told_on": _l("Le"),
    "ground": _l("Motif"),
    "agreed_on": _l("Le"),
    "declined_on": _l("Le"),
    "motive": _l("Motif donné"),
    "met_on": _l("Le"),
    "came": _l("Présence"),
    "received_on": _l("Le"),
    "certified_on": _l("Le"),
    "undertaking": _l("Engagement solennel signé"),
}
_HINTS: Final = {
    "assistance": _l("Article 375 du code civil. Si oui, le conseil ne convoque pas la famille."),
    "resident": _l("Un conseil n’entend que les familles de sa commune."),
    "place": _l("Par exemple : 17 h 30, mairie, salle des mariages"),
    "conflict": _l(
        "Si oui, l’enfant vient avec une autre personne qui le représente, et non avec son tuteur."
    ),
    "back_on": _l("Facultatif, si la famille s’est engagée à revenir."),
    "remark": _l("Courte et factuelle : la famille peut la lire."),
    "undertaking": _l("L’attestation comporte leur engagement : sans lui, elle n’existe pas."),
}
_CHOICES: Final = {
    **{
        (field, code): words
        for field in ("invited", "attended")
        for code, words in (
            ("parent", _l("Un parent")),
            ("both_parents", _l("Les deux parents")),
            ("guardian", _l("La personne qui exerce la tutelle")),
            ("other_representative", _l("Une autre personne qui représente l’enfant")),
            ("child", _l("L’enfant")),
        )
    },
    ("why_absent", "excused"): _l("La famille s’est excusée"),
    ("why_absent", "no_answer"): _l("Sans nouvelles"),
    ("why_absent", "returned"): _l("L’invitation est revenue"),
    ("told", "social_workers"): _l("Professionnels de l’action sociale"),
    ("told", "school"): _l("Établissement scolaire"),
    ("told", "social_centre"): _l("Centre social"),
    ("told", "street_work"): _l("Prévention spécialisée"),
    ("told", "landlord"): _l("Bailleur"),
    ("told", "mediator"): _l("Médiation"),
    ("ground", "supervision"): _l("Un défaut de surveillance trouble la tranquillité"),
    ("ground", "attendance"): _l("Un défaut d’assiduité à l’école"),
    ("asked_by", "mayor"): _l("La commune"),
    ("asked_by", "parents"): _l("Les parents eux-mêmes"),
    ("opinion", "favourable"): _l("Favorable"),
    ("opinion", "reserved"): _l("Réservé"),
    ("opinion", "unfavourable"): _l("Défavorable"),
    ("opinion", "none"): _l("Aucune réponse au jour dit"),
    ("motive", "given"): _l("Oui, un motif a été donné"),
    ("motive", "not_given"): _l("Non"),
    ("came", "all"): _l("Toutes les personnes attendues"),
    ("came", "some"): _l("Une partie"),
    ("came", "nobody"): _l("Personne"),
}

FAMILY_COUNCIL: Final = Wording(
    steps={**_STEPS, **FOLLOWUP.steps},
    fields={**FOLLOWUP.fields, **_FIELDS},
    hints=_HINTS,
    choices={**FOLLOWUP.choices, **_CHOICES},
    told=_TOLD,
    states={
        CaseState.FOLLOWED: ("ok", _l("Retenue")),
        CaseState.SUMMONED: ("soon", _l("Invitée")),
    },
    asked={Step.CONSULT: _l("Qui répond pour le département")},
)
