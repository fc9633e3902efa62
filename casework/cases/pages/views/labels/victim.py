"""The words of the referral of a victim."""

from typing import Final

from casework.cases.forms.victim_words import CHOICES, FIELDS
from casework.cases.pages.views.labels.wording import StepWords, Wording
from casework.cases.procedures.steps import Step
from casework.i18n import lazy_gettext as _l

VICTIM: Final = Wording(
    steps={
        Step.REFER: StepWords("", _l("Orientée avec son accord")),
        Step.ADDRESS: StepWords(
            _l("Adresser à un autre service"),
            _l("Adressée à un autre service"),
            _l(
                "Elle a donné son accord pour un seul service : demandez-le-lui de nouveau avant "
                "d’en prévenir un autre."
            ),
        ),
        Step.ACCEPT: StepWords(
            _l("Accepter l’orientation"),
            _l("Acceptée par le service"),
            _l("Votre service la recevra. Qui l’a orientée l’apprend, et rien de plus."),
        ),
        Step.DECLINE: StepWords(
            _l("Nous ne pouvons pas la recevoir"),
            _l("Le service n’a pas pu la recevoir"),
            _l(
                "Votre service ne lira plus rien d’elle, et sa clé lui est retirée. Aucun motif "
                "n’est demandé ; qui l’a orientée peut l’adresser à un autre service."
            ),
        ),
        Step.CONFIRM: StepWords(
            _l("Confirmer le premier contact"),
            _l("Premier contact confirmé"),
            _l(
                "Le jour, et rien d’autre : ni ce qui s’est dit, ni la suite. L’orientation est "
                "alors close."
            ),
        ),
        Step.REFUSE: StepWords(
            _l("Renoncer à l’orientation"),
            _l("Orientation abandonnée"),
            _l("Tout ce qui la concerne est effacé aussitôt. Il reste un compte, sans nom."),
        ),
        Step.WITHDRAW: StepWords(
            _l("Elle retire son accord"),
            _l("Accord retiré"),
            _l(
                "Elle n’a pas à dire pourquoi. Tout s’arrête, et ce qui la concerne est effacé "
                "aussitôt, sauvegardes comprises. Il reste un compte, sans nom."
            ),
        ),
    },
    fields=FIELDS,
    hints={
        "consent_channel": _l("Ses mots n’ont pas à être écrits."),
        "consent_scope": _l("Cochez tout ce qu’elle accepte. Le reste ne pourra pas être écrit."),
        "danger_level": _l(
            "Les réponses de la grille ne s’écrivent pas ici : seulement qu’elle a été remplie, "
            "par qui, quand, et le niveau."
        ),
        "contact_when": _l("Par exemple : en semaine, de 9 h à 11 h"),
        "contact_language": _l("Si un interprète est utile"),
        "hidden_address": _l("Seulement si elle en a besoin pour être aidée."),
        "children_ages": _l("Par exemple : 3 et 7 ans. Aucun prénom."),
    },
    choices=CHOICES,
    asked={Step.ADDRESS: _l("À quel service ?")},
)
