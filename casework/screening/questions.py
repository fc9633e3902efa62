"""What is asked about a passage, in words for the person who wrote it."""

from collections.abc import Mapping
from typing import Final

from casework.screening.values import Subject
from casework.sentences import N_, Sentence

QUESTIONS: Final[Mapping[Subject, Sentence]] = {
    Subject.HEALTH: N_("Cela parle-t-il de santé ? La charte demande de ne pas l’écrire."),
    Subject.RELIGION: N_("Cela parle-t-il de religion ? La charte demande de ne pas l’écrire."),
    Subject.ORIGIN: N_("Cela parle-t-il d’origine ? La charte demande de ne pas l’écrire."),
    Subject.OPINION: N_("Cela parle-t-il d’opinions ? La charte demande de ne pas l’écrire."),
    Subject.SEXUAL_LIFE: N_(
        "Cela parle-t-il de vie intime ? La charte demande de ne pas l’écrire."
    ),
    Subject.RADICALISATION: N_(
        "La radicalisation ne se traite pas ici : elle passe par le canal de la préfecture."
    ),
    Subject.OFFENCE_RECORD: N_(
        "Cela parle-t-il d’une infraction ou d’une peine ? Le motif ne s’écrit jamais ; une mesure "
        "en cours a sa propre rubrique."
    ),
    Subject.JUDGEMENT: N_(
        "Est-ce un fait, ou un jugement ? Dites plutôt ce qui a été vu : la personne peut le lire."
    ),
    Subject.OTHER_PERSON: N_("Est-ce le nom de quelqu’un d’autre ? « Son frère » suffit souvent."),
    Subject.TELEPHONE: N_("Est-ce un numéro de téléphone ? Il a sa place dans les coordonnées."),
    Subject.SOCIAL_SECURITY: N_(
        "Retirez ce numéro : aucun numéro de sécurité sociale ne s’écrit ici."
    ),
}

REFUSED: Final = frozenset({Subject.SOCIAL_SECURITY})
"""Numbers that are not asked about but refused, by their pattern (law note 9.4, rule 6)."""
