"""Readers of the parts of a charter file that hold figures, duties and closed lists."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from casework.charters.charter import (
    Clocks,
    Custody,
    Information,
    Meetings,
    Persons,
    Presence,
    Protocol,
    Register,
    Texts,
)
from casework.charters.limits import Limit, barred_subject
from casework.charters.reading import Section
from casework.charters.spelling import meant, quoted
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName, Recipient
from casework.charters.window import Window

Limits: TypeAlias = Mapping[str, Limit]
"""The bounds of the figures of one part, by key."""

_LONGEST_NAME: Final = 80
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_CLASSES = frozenset(CompartmentClass)
_ASKERS = frozenset({Recipient.MEMBER, Recipient.COORDINATOR})
_PROJECTABLE = frozenset({CompartmentClass.IDENTITY, CompartmentClass.SHEET})


def read_kind(section: Section) -> CaseKind:
    """Return the procedure that the charter governs."""
    value = section.text("kind")
    if value and value not in set(CaseKind):
        near = meant(value, CaseKind)
        section.fault("kind", f"« {quoted(value)} » n’est pas une procédure connue{near}.")
    return CaseKind(value) if value in set(CaseKind) else CaseKind.FOLLOWUP


def read_version(section: Section) -> int:
    """Return the version, counted from 1."""
    value = section.take("version")
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    section.fault("version", "« version » doit être un nombre entier à partir de 1.")
    return 1


def read_name(section: Section) -> str:
    """Return what the charter calls its group, or nothing where it takes the usual name."""
    name = section.text("group", optional=True)
    if len(name) > _LONGEST_NAME:
        section.fault("group", f"« group » : {_LONGEST_NAME} caractères au plus.")
    return name


def read_window(section: Section) -> Window:
    """Return from which day to which a charter or a rule holds; always, where nothing is said."""
    window = Window(section.day("valid_from"), section.day("valid_to"))
    if not window.is_backwards:
        return window
    section.fault("valid_to", "« valid_to » précède « valid_from » : ces dates n’ont aucun jour.")
    return Window()


def read_compartments(section: Section) -> Mapping[CompartmentClass, str]:
    """Return what each class of compartment holds, in words."""
    entries = section.entries()
    for name in sorted(entries.keys() - _CLASSES):
        section.fault(name, f"« {name} » n’est pas une classe de contenu connue.")
    known = {CompartmentClass(name): entries[name] for name in entries if name in _CLASSES}
    return MappingProxyType(known)


def read_custody(section: Section) -> Custody:
    """Return the classes whose keys the service itself must never hold."""
    custody = Custody(
        article=section.text("article"),
        members_only=section.words("members_only", CompartmentClass),
    )
    section.close()
    return custody


def read_presence(section: Section) -> Presence:
    """Return who may ask whether a person is already followed."""
    recipients = section.words("recipients", Recipient)
    for one in recipients:
        if one not in _ASKERS:
            section.fault("recipients", f"« {one} » n’ouvre pas de situation : rien à demander.")
    presence = Presence(article=section.text("article"), recipients=recipients)
    section.close()
    return presence


def read_persons(section: Section, limits: Limits) -> Persons:
    """Return the ages of the persons followed."""
    article, figures = section.text("article"), _figures(section, limits)
    if figures["age_from"] >= figures["age_to"]:
        section.fault("age_from", "« age_from » doit précéder « age_to ».")
    because = _because(section, figures, limits)
    section.close()
    return Persons(article=article, because=because, **figures)


def read_texts(section: Section, limits: Limits) -> Texts:
    """Return the limit of free texts."""
    texts = Texts(article=section.text("article"), **_figures(section, limits))
    section.close()
    return texts


def read_clocks(section: Section, limits: Limits) -> Clocks:
    """Return the durations; one longer than advised owes its reason in writing."""
    article, figures = section.text("article"), _figures(section, limits)
    because = _because(section, figures, limits)
    section.close()
    return Clocks(article=article, because=because, **figures)


def read_register(section: Section, limits: Limits) -> Register:
    """Return how long the register is searchable, then kept."""
    article, figures = section.text("article"), _figures(section, limits)
    if figures["searchable_months"] > figures["kept_months"]:
        section.fault("kept_months", "Le registre doit être gardé au moins le temps consultable.")
    named = section.flag("readers_named", optional=True)
    section.close()
    return Register(article=article, readers_named=named, **figures)


def read_meetings(section: Section, limits: Limits) -> Meetings:
    """Return the quorum and what may be projected before the whole table."""
    projected = section.words("projected", CompartmentClass)
    for class_ in projected:
        if class_ not in _PROJECTABLE:
            section.fault("projected", f"« {class_} » ne peut pas être projeté en séance.")
    figures = _figures(section, limits)
    meetings = Meetings(article=section.text("article"), projected=projected, **figures)
    section.close()
    return meetings


def read_information(section: Section) -> Information:
    """Return the duty to inform, which no charter may waive (CNIL 2020)."""
    information = Information(
        article=section.text("article"),
        before_first_review=section.flag("before_first_review"),
        legal_representatives=section.flag("legal_representatives"),
    )
    if not information.before_first_review:
        section.fault(
            "before_first_review",
            "L’information des personnes précède le premier bilan (CNIL, note du 7 janvier 2020).",
        )
    section.close()
    return information


def read_protocol(section: Section, limits: Limits) -> Protocol:
    """Return what was agreed with the prosecutor; without an opinion there is no silence."""
    protocol = Protocol(
        article=section.text("article"),
        opinion_required=section.flag("opinion_required"),
        silence_agrees=section.flag("silence_agrees"),
        incivility_notices=section.flag("incivility_notices"),
        **_figures(section, limits),
    )
    if protocol.silence_agrees and not protocol.opinion_required:
        said = "Sans avis demandé, aucun silence ne vaut accord : « silence_agrees = false »."
        section.fault("silence_agrees", said)
    section.close()
    return protocol


def read_list(name: ListName, lists: Section, required: Collection[str]) -> Mapping[str, str]:
    """Return one closed list, code to label; the procedure itself writes the `required` codes."""
    section = Section(lists.take(name), ("lists", name), lists.notebook)
    labels = section.entries()
    if not labels:
        section.fault("", f"La liste « {name} » est vide.")
    for code, label in labels.items():
        if not _CODE.fullmatch(code):
            section.fault(code, f"« {code} » n’est pas un code : minuscules, chiffres, « _ ».")
        if barred := barred_subject(label):
            section.fault(
                code, f"« {barred} » sort du cadre (CNIL, délibération 2014-262, art. 3)."
            )
    for code in sorted(set(required) - labels.keys()):
        section.fault("", f"La liste « {name} » doit contenir le code « {code} ».")
    return MappingProxyType(labels)


def _figures(section: Section, limits: Limits) -> dict[str, int]:
    return {key: section.number(key, limit) for key, limit in limits.items()}


def _because(section: Section, figures: Mapping[str, int], limits: Limits) -> str:
    because = section.text("because", optional=True)
    for key, figure in figures.items():
        limit = limits[key]
        if limit.allows(figure) and limit.owes_reason(figure) and not because:
            section.fault(key, f"« {key} » s’écarte de la valeur conseillée : dites « because ».")
    return because
