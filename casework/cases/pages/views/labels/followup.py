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
        )
    },
    fields={
        "signalled_to": _l("Transmis à"),
        "signalled_on": _l("Le"),
        "persons_told": _l("Les personnes en sont informées"),
        "untold_because": _l("Sinon, pourquoi"),
    },
    choices={
        ("signalled_to", "child_protection_unit"): _l(
            "La cellule du département chargée des informations préoccupantes"
        ),
        ("signalled_to", "prosecutor"): _l("Le procureur de la République"),
        ("signalled_to", "prefect_channel"): _l("Le canal de la préfecture"),
    },
)
