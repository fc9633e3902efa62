"""What a sender is told of a file that is not taken: what happened, and what to do now."""

from collections.abc import Mapping
from typing import Final

from casework.documents.values import Refusal
from casework.sentences import N_

REFUSED: Final[Mapping[Refusal, str]] = {
    Refusal.EMPTY: N_("Choisissez un fichier."),
    Refusal.LARGE: N_("Ce fichier dépasse 20 Mo. Réduisez-le, ou coupez-le en plusieurs."),
    Refusal.KIND: N_("Ce fichier n’est ni un PDF, ni une image JPEG ou PNG."),
    Refusal.VIRUS: N_("L’antivirus a reconnu ce fichier : ne l’ouvrez pas, prévenez l’exploitant."),
    Refusal.ENCRYPTED: N_("Ce PDF est protégé par un mot de passe : enregistrez-le sans, d’abord."),
    Refusal.DAMAGED: N_("Ce fichier est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau."),
    Refusal.PAGES: N_("Ce PDF a plus de 300 pages. Coupez-le en plusieurs."),
    Refusal.PIXELS: N_("Cette image est trop grande : 40 millions de points au plus."),
    Refusal.EXPANDS: N_("Ce fichier, une fois ouvert, serait démesuré. Imprimez-le en PDF."),
    Refusal.GROWN: N_("Débarrassé de ce qui s’y cachait, ce fichier dépasse 20 Mo. Réduisez-le."),
    Refusal.FORM: N_("Ce formulaire ne s’affiche que dans un seul logiciel. Imprimez-le en PDF."),
    Refusal.HIDDEN: N_("Ce fichier en cache un autre. Imprimez-le en PDF, ou numérisez-le."),
    Refusal.UNREADABLE: N_("Ce fichier n’a pas pu être vérifié. Imprimez-le en PDF."),
}

FULL: Final = N_("Cette situation a déjà quarante documents. Retirez-en un qui ne sert plus.")
"""What is told when a case has as many documents as it may."""

NAMELESS: Final = N_("Donnez un intitulé à ce document.")
"""What is told when neither the form nor the file says what it is."""
