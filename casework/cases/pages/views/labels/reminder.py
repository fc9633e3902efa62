"""The words of a formal reminder: what each step is called, asks, and says once it is taken."""

from typing import Final

from casework.cases.pages.views.labels.wording import StepWords, Wording
from casework.cases.procedures.steps import CaseState, Step
from casework.i18n import lazy_gettext as _l

_STEPS: Final = {
    Step.REFER: StepWords("", _l("Fait rapporté")),
    Step.ACCEPT: StepWords(
        _l("Vérifier qu’un rappel est possible"),
        _l("Rappel possible"),
        _l("Trois questions. Un seul « oui » arrête le rappel : la justice en est saisie."),
    ),
    Step.CONSULT: StepWords(
        _l("Demander l’avis du parquet"),
        _l("Avis du parquet demandé"),
        _l("La personne choisie lit l’identité et le fait, jusqu’à sa réponse."),
    ),
    Step.FAVOUR: StepWords(
        _l("Avis favorable"),
        _l("Avis du parquet favorable"),
        _l("Le maire peut convoquer. La situation ne vous est plus ouverte ensuite."),
    ),
    Step.OPPOSE: StepWords(
        _l("S’opposer au rappel"),
        "",
        _l("Le rappel s’arrête : l’identité et les faits sont effacés aussitôt, un chiffre reste."),
    ),
    Step.WAIVE: StepWords(
        _l("Inscrire le silence du parquet"),
        _l("Le parquet n’a pas répondu dans le délai"),
        _l(
            "Selon le protocole, le silence vaut accord. Une opposition tardive arrête encore tout."
        ),
    ),
    Step.SUMMON: StepWords(
        _l("Convoquer"),
        _l("Convocation"),
        _l("Le jour, l’heure et le lieu de l’entretien, et qui vient avec une personne mineure."),
    ),
    Step.HEAR: StepWords(
        _l("Inscrire le rappel"),
        _l("Rappel fait, de vive voix"),
        _l("Les échanges restent oraux. S’inscrivent la règle rappelée et qui était là."),
    ),
    Step.MISS: StepWords(
        _l("La personne n’est pas venue"),
        _l("Personne absente"),
        _l("Sans reproche : elle peut être convoquée de nouveau, ou le rappel clos."),
    ),
    Step.ORIENT: StepWords(
        _l("Proposer une orientation"),
        _l("Orientation proposée"),
        _l("Elle se propose et ne s’impose pas."),
    ),
    Step.CHECK: StepWords(
        _l("Vérifier les suites"),
        _l("Suites vérifiées"),
        _l("Le trouble a-t-il cessé ? La réponse précède la clôture."),
    ),
    Step.NOTIFY: StepWords(
        _l("Envoyer un rappel aux règles, par courrier"),
        _l("Rappel aux règles envoyé par courrier"),
        _l("Pour les faits les plus légers, sans entretien : le rappel est clos avec l’envoi."),
    ),
    Step.REFUSE: StepWords(
        _l("Ne pas faire de rappel"),
        "",
        _l("L’identité et les faits sont effacés aussitôt ; un chiffre sans nom reste."),
    ),
    Step.REDIRECT: StepWords(
        _l("Réorienter"),
        "",
        _l("L’identité et les faits sont effacés aussitôt ; un chiffre sans nom reste."),
    ),
}
_FIELDS: Final = {
    "place": _l("Lieu"),
    "crime": _l("Est-ce un crime ou un délit ?"),
    "complaint": _l("Une plainte est-elle déposée ?"),
    "inquiry": _l("Une enquête ou des poursuites sont-elles en cours ?"),
    "sent_on": _l("Courrier envoyé le"),
    "hearing_on": _l("Jour de l’entretien"),
    "hour": _l("Heure"),
    "held_by": _l("Qui fait le rappel"),
    "delegated_on": _l("Arrêté de délégation du"),
    "conflict": _l("Un conflit oppose-t-il la personne mineure à qui la représente ?"),
    "present": _l("Qui vient avec la personne mineure"),
    "companion": _l("Nom et qualité de qui vient"),
    "impossible_why": _l("Pourquoi personne ne peut venir"),
    "copied_on": _l("Copie envoyée le"),
    "rules": _l("Règles rappelées"),
    "attended": _l("Qui était là"),
    "alone_why": _l("Pourquoi la personne mineure était seule"),
    "absence": _l("Ce que l’on sait de l’absence"),
    "towards": _l("Orientation"),
    "agreed": _l("La personne l’accepte-t-elle ?"),
    "stopped": _l("Le trouble a-t-il cessé ?"),
    "seen": _l("Ce qui a été constaté"),
    "to": _l("Vers qui"),
}
_HINTS: Final = {
    "hour": _l("par exemple 17 h 30"),
    "place": _l("en mairie, bureau ou salle"),
    "delegated_on": _l("Seulement pour un adjoint ou un conseiller délégué par arrêté."),
    "conflict": _l("Alors une autre personne est convoquée avec elle."),
    "present": _l("Parents, représentants légaux ou, à défaut, un responsable éducatif."),
    "companion": _l("Pour un autre représentant ou un responsable éducatif."),
    "impossible_why": _l("Seulement si personne ne peut venir."),
    "copied_on": _l("À qui vient avec la personne mineure."),
}
_CHOICES: Final = {
    ("held_by", "mayor"): _l("Le maire"),
    ("held_by", "delegate"): _l("Une personne que le maire délègue"),
    ("present", "parents"): _l("Un parent, ou les deux"),
    ("present", "other_representative"): _l("Un autre représentant légal"),
    ("present", "educational_responsible"): _l("Un responsable éducatif"),
    ("present", "impossible"): _l("Personne : c’est impossible"),
    ("present", "of_age"): _l("La personne a dix-huit ans"),
    ("attended", "person"): _l("La personne convoquée"),
    ("attended", "parents"): _l("Un parent, ou les deux"),
    ("attended", "other_representative"): _l("Un autre représentant légal"),
    ("attended", "educational_responsible"): _l("Un responsable éducatif"),
    ("absence", "excused"): _l("Elle a prévenu"),
    ("absence", "no_answer"): _l("Sans nouvelle"),
    ("absence", "returned"): _l("Le courrier est revenu"),
    ("towards", "mediation"): _l("Une médiation"),
    ("towards", "repair"): _l("Une réparation"),
    ("towards", "service"): _l("Un service de droit commun"),
}
_STATES: Final = {
    CaseState.REFERRED: ("soon", _l("À vérifier")),
    CaseState.ACCEPTED: ("soon", _l("Vérifié")),
    CaseState.CONSULTED: ("neutral", _l("Avis demandé")),
    CaseState.CLEARED: ("soon", _l("À convoquer")),
    CaseState.SUMMONED: ("ok", _l("Convoqué")),
    CaseState.FOLLOWED: ("ok", _l("Rappel fait")),
    CaseState.CLOSED: ("neutral", _l("Clos")),
    CaseState.RESTRICTED: ("neutral", _l("Clos, accès restreint")),
    CaseState.SEALED: ("neutral", _l("Scellé")),
    CaseState.ERASED: ("neutral", _l("Effacé")),
    CaseState.REFUSED: ("neutral", _l("Pas de rappel")),
    CaseState.REDIRECTED: ("neutral", _l("Réorienté")),
}

REMINDER: Final = Wording(
    steps=_STEPS,
    fields=_FIELDS,
    hints=_HINTS,
    choices=_CHOICES,
    asked={Step.CONSULT: _l("Qui du parquet")},
    states=_STATES,
)
