"""Words of the follow-up by name."""

from typing import Final

from casework.cases.pages.views.labels.wording import StepWords, Wording
from casework.cases.procedures.steps import Step
from casework.i18n import lazy_gettext as _l

FOLLOWUP: Final = Wording(
    steps={
        Step.SIGNAL: StepWords(
            _l("Inscrire un signalement"),
            _l("Signalement inscrit"),
            _l("À qui et quand, rien d’autre : ce qui est dit passe par le canal de chacun."),
        ),
        Step.MENTION: StepWords(
            _l("Mentionner une mesure"),
            _l("Mesure mentionnée"),
            _l(
                "Sa nature et ses dates, si le suivi l’exige. Ni faits, ni motif, ni juridiction : "
                "rien de cela n’a de place ici."
            ),
        ),
    },
    fields={
        "signalled_to": _l("Transmis à"),
        "signalled_on": _l("Le"),
        "persons_told": _l("Les personnes en sont informées"),
        "untold_because": _l("Sinon, pourquoi"),
        "measure": _l("Nature de la mesure"),
        "measure_from": _l("Du"),
        "measure_until": _l("Au, si la date est connue"),
        "needed": _l("Le suivi exige-t-il de la connaître ?"),
        "needed_because": _l("Parce qu’il faut"),
    },
    hints={"needed": _l("Sans cela, la mesure n’est pas mentionnée (CNIL 2014-262, art. 3).")},
    told={"measure_until": _l("Au"), "needed": _l("Le suivi l’exige")},
    choices={
        ("signalled_to", "child_protection_unit"): _l(
            "La cellule du département chargée des informations préoccupantes"
        ),
        ("signalled_to", "prosecutor"): _l("Le procureur de la République"),
        ("signalled_to", "prefect_channel"): _l("Le canal de la préfecture"),
        ("measure", "educative_measure"): _l("Mesure éducative judiciaire"),
        ("measure", "provisional_measure"): _l("Mesure éducative judiciaire provisoire"),
        ("measure", "educative_inquiry"): _l("Mesure judiciaire d’investigation éducative"),
        ("measure", "reparation"): _l("Réparation"),
        ("measure", "community_service"): _l("Travail d’intérêt général"),
        ("measure", "placement"): _l("Placement"),
        ("measure", "judicial_supervision"): _l("Contrôle judiciaire"),
        ("measure", "house_arrest"): _l("Assignation à résidence"),
        ("measure", "probation"): _l("Sursis probatoire"),
        ("measure", "adjusted_sentence"): _l("Aménagement de peine"),
        ("measure", "end_of_detention"): _l("Sortie de détention"),
        ("needed_because", "availability"): _l("Tenir compte des jours et des lieux pris"),
        ("needed_because", "same_service"): _l("Ne pas doubler ce que fait le service désigné"),
        ("needed_because", "hosting"): _l("Accueillir la réparation ou le travail"),
        ("needed_because", "return"): _l("Préparer le retour chez soi, à l’école ou au travail"),
        ("needed_because", "consistency"): _l("Ne rien proposer que la mesure interdit"),
    },
)
