"""What is wrong with a template, as its author is told: what, where, and what to do."""

from collections.abc import Iterable, Mapping
from typing import Final

from casework.sentences import N_, Sentence

_SENTENCES: Final[Mapping[str, str]] = {
    "not-a-document": N_("Ce fichier n’est pas un document lisible de ce format."),
    "too-much": N_("Ce modèle est trop lourd : 512 Ko au plus, sans images inutiles."),
    "encrypted": N_("Ce modèle est protégé par un mot de passe : enregistrez-le sans."),
    "foreign-part": N_("Ce modèle contient un élément qu’une lettre n’a pas : %(what)s."),
    "macro": N_("Ce modèle contient une macro ou du code : enregistrez-le sans."),
    "external": N_("Ce modèle va chercher quelque chose ailleurs : %(what)s."),
    "entities": N_("Ce modèle déclare des entités XML (%(what)s) : enregistrez-le de nouveau."),
    "active": N_("Ce modèle contient un élément actif : %(what)s."),
    "instruction": N_("Seuls des champs {{ … }} sont admis, aucune instruction : « %(where)s »."),
    "unreadable-field": N_("Un champ est illisible, retapez-le d’un trait : « %(where)s »."),
    "unknown-field": N_("Le champ « %(what)s » n’existe pas pour cette lettre : « %(where)s »."),
}


def sentences(faults: Iterable[Mapping[str, str]]) -> list[Sentence]:
    """Return a sentence for each fault that the press found."""
    return [_sentence(one) for one in faults]


def _sentence(fault: Mapping[str, str]) -> Sentence:
    known = _SENTENCES.get(fault["code"], _SENTENCES["not-a-document"])
    return Sentence(str(known), {"what": fault["what"], "where": fault["where"]})
