"""A comparison in sentences that a mayor understands: who, what, when, for how many cases.

The sentences are French; `say` puts each into the reader's language (a command says them as is).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from casework.charters.circumstances import Circumstance, Literal
from casework.charters.comparing import Change, Right, Tie, Turn
from casework.charters.effects import Effect
from casework.charters.facts import Fact
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    Obligation,
    PartnerCategory,
)
from casework.charters.words import CATEGORIES
from casework.sentences import N_, Sentence

Say = Callable[[str], str]
"""Says a sentence in the language of whoever reads: `i18n.shown`, or `str`."""

TIES: Final[Mapping[Tie, Sentence]] = {
    Tie.COORDINATOR: N_("La coordination"),
    Tie.LEAD: N_("Le référent de parcours"),
    Tie.NAMED: N_("Le membre nommé"),
    Tie.REFERRER: N_("La personne qui a saisi"),
    Tie.MEMBER: N_("Un membre sans lien avec la situation"),
    Tie.EVERYBODY: N_("Tout membre du groupe"),
    Tie.DPO: N_("La personne déléguée à la protection des données"),
    Tie.ARCHIVES_OFFICER: N_("La personne chargée des archives"),
}
PARTS: Final[Mapping[CompartmentClass, Sentence]] = {
    CompartmentClass.IDENTITY: N_("l’identité"),
    CompartmentClass.SHEET: N_("la fiche partagée"),
    CompartmentClass.ORIGIN: N_("l’origine de la saisine"),
    CompartmentClass.SOCIAL: N_("le secret partagé entre travailleurs sociaux"),
    CompartmentClass.PRIVATE: N_("les notes gardées par son organisme"),
    CompartmentClass.JUDICIAL: N_("la mesure judiciaire"),
    CompartmentClass.PROTECTED_CONTACT: N_("le contact protégé"),
    CompartmentClass.ATTACHMENTS: N_("les pièces jointes"),
}
ACTS: Final[Mapping[CharterAct, Sentence]] = {
    CharterAct.REFER: N_("saisir la coordination"),
    CharterAct.ANSWER: N_("répondre aux questions sur sa saisine"),
    CharterAct.LIST: N_("voir la situation dans ses listes"),
    CharterAct.READ: N_("lire %(part)s"),
    CharterAct.TRIAGE: N_("instruire les saisines"),
    CharterAct.NAME: N_("nommer les membres appelés à connaître la situation"),
    CharterAct.CONTRIBUTE: N_("écrire dans %(part)s"),
    CharterAct.NOTE: N_("tenir des notes que seul son organisme lit"),
    CharterAct.REPORT: N_("rendre compte d’une action"),
    CharterAct.ASSIGN: N_("confier une action"),
    CharterAct.PREPARE: N_("préparer, ouvrir et clore la séance"),
    CharterAct.ATTEND: N_("prendre part aux séances"),
    CharterAct.DECIDE: N_("écrire les décisions du groupe"),
    CharterAct.INFORM: N_("inscrire l’information des personnes"),
    CharterAct.CLOSE: N_("clore le suivi"),
    CharterAct.HOLD: N_("suspendre un effacement"),
    CharterAct.ELIMINATE: N_("voir les listes d’élimination"),
    CharterAct.VISA: N_("viser une liste d’élimination"),
    CharterAct.AUDIT: N_("lire le registre des accès"),
    CharterAct.TRACE: N_("savoir qui a ouvert la situation"),
}
WHEN: Final[Mapping[Literal, Sentence]] = {
    (Fact.RESTRICTED, True): N_("une fois la situation close"),
    (Fact.FOLLOWED, True): N_("une fois la situation retenue par le groupe"),
    (Fact.FOLLOWED, False): N_("avant la décision du groupe"),
    (Fact.ON_AGENDA, True): N_("quand la situation est à l’ordre du jour"),
    (Fact.ON_AGENDA, False): N_("quand la situation n’est à aucun ordre du jour"),
    (Fact.IN_MEETING, True): N_("en séance"),
    (Fact.IN_MEETING, False): N_("hors séance"),
    (Fact.OWN_COMMUNE, True): N_("dans sa commune"),
    (Fact.OWN_COMMUNE, False): N_("hors de sa commune"),
    (Fact.OWN_ACTION, True): N_("pour sa propre action"),
    (Fact.OWN_ACTION, False): N_("pour l’action d’un autre"),
}
ASKED: Final[Mapping[Obligation, Sentence]] = {
    Obligation.REASON: N_("dire un motif"),
    Obligation.TYPED_REASON: N_("écrire un motif"),
    Obligation.ONE_CASE: N_("ouvrir une situation à la fois"),
    Obligation.SHORT_TEXT: N_("écrire court"),
}
_TURNS: Final[Mapping[Turn, Sentence]] = {
    Turn.OPENED: N_("%(who)s pourra %(deed)s%(when)s."),
    Turn.CLOSED: N_("%(who)s ne pourra plus %(deed)s%(when)s."),
    Turn.ALTERED: N_("%(who)s devra, pour %(deed)s%(when)s, %(more)s."),
}
_EASED: Final = N_("%(who)s pourra %(deed)s%(when)s avec moins de formalités.")


def right_said(right: Right, say: Say) -> str:
    """Return what turns in the text, in a sentence."""
    bodies = _listed(body_said(one, say) for one in right.categories)
    who = f"{say(TIES[right.tie])} ({bodies})" if bodies else say(TIES[right.tie])
    return _said(right.change, who, right.wanted, right.when, say)


def body_said(category: PartnerCategory, say: Say) -> str:
    """Return what a body of a category is called inside a sentence."""
    return _uncapitalised(say(CATEGORIES[category]))


def effect_said(effect: Effect, body: str, say: Say) -> str:
    """Return what turns for the people of a body, in a sentence without its figures."""
    who = f"{body} ({_uncapitalised(say(TIES[effect.tie]))})"
    return _said(effect.change, who, effect.wanted, (), say)


def wanted_said(wanted: Iterable[Wanted], say: Say) -> str:
    """Return « lire l’identité et la fiche partagée, clore le suivi »."""
    acts: dict[CharterAct, list[str]] = {}
    for one in sorted(wanted, key=_reading_first):
        acts.setdefault(one.act, []).extend([say(PARTS[one.class_])] if one.class_ else [])
    deeds = (_deed(act, parts, say) for act, parts in acts.items())
    return ", ".join(dict.fromkeys(deeds))


def _reading_first(one: Wanted) -> tuple[int, str]:
    return list(CharterAct).index(one.act), one.class_ or ""


def _said(
    change: Change,
    who: str,
    wanted: Iterable[Wanted],
    when: tuple[Circumstance, ...],
    say: Say,
) -> str:
    eased = change.turn is Turn.ALTERED and not change.more
    frame = _EASED if eased else _TURNS[change.turn]
    filled = {"who": who, "deed": wanted_said(wanted, say), "when": _when_said(when, say)}
    asked = _listed(say(ASKED[one]) for one in change.more)
    return say(Sentence(frame.message, {**filled, "more": asked}))


def _deed(act: CharterAct, parts: list[str], say: Say) -> str:
    return say(Sentence(ACTS[act].message, {"part": _listed(parts)}))


def _when_said(when: tuple[Circumstance, ...], say: Say) -> str:
    told = [", ".join(say(WHEN[one]) for one in each if one in WHEN) for each in when]
    if not all(told):
        return ""
    between = say(N_(" ou bien "))
    return ", " + between.join(told) if told else ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]
