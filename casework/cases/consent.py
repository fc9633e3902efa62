"""What the referral of a victim must hold to be sent, and what her consent lets be written."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from casework.cases.procedures.answers import check_answers
from casework.cases.procedures.procedure import Answers
from casework.cases.procedures.victim import CONTACT_ONLY, COVERS, HERSELF, RECORDS
from casework.cases.values import NewReferral
from casework.charters.charter import Charter
from casework.charters.vocabulary import ListName
from casework.errors import InvalidInput, StepRefused
from casework.sentences import N_, Sentence

_OLD_ENOUGH: Final = 18
_SOURCE: Final = "CP, art. 226-14"
_BEYOND: Final = N_("L’accord ne couvre pas cela : laissez vide, ou reprenez l’accord avec elle.")


def check_victim(charter: Charter, referral: NewReferral, today: date) -> None:
    """Check a referral of a victim whole.

    Raises `StepRefused` without her consent, `InvalidInput` by field for every other fault.
    """
    records = {record.part: record.answers for record in referral.records}
    told = {name: value for said in records.values() for name, value in said.items()}
    if not told.get("consent_on") or referral.informed_on is None:
        raise StepRefused("consent-missing", _SOURCE)
    faults: dict[str, list[str]] = dict(_no_story(referral))
    if charter.label(ListName.ORIGINS, referral.origin) is None:
        faults["origin"] = [N_("Choisissez une réponse de la liste.")]
    for part, fields in RECORDS.items():
        try:
            check_answers(fields, records.get(part, {}), charter, today)
        except InvalidInput as fault:
            faults.update({name: list(said) for name, said in fault.fields.items()})
    faults = {**{name: [one] for name, one in disagreements(told).items()}, **faults}
    if faults:
        raise InvalidInput(faults)


def covered(scope: str, name: str) -> bool:
    """Say whether a consent of some scopes, joined by commas, lets a field be written."""
    asking = [code for code, names in COVERS.items() if name in names]
    return not asking or bool(set(asking) & set(scope.split(",")))


def disagreements(said: Answers) -> Mapping[str, Sentence]:
    """Return where answers do not agree with the consent, or with each other, by field."""
    return {**_beyond_scope(said), **_of_address(said), **_of_age(said), **_of_danger(said)}


def check_address(said: Answers) -> None:
    """Raise `InvalidInput` for a hidden address that her consent does not cover."""
    if said.get("hidden_address") and said.get("address_covered") != "yes":
        raise InvalidInput({"hidden_address": [_BEYOND]})


def _no_story(referral: NewReferral) -> Mapping[str, list[str]]:
    """Refuse what a follow-up asks and a victim's referral never holds: no account, no address."""
    (person, *others) = referral.persons
    written = {
        "persons": bool(others),
        "fact": bool(referral.fact or referral.reason or referral.fact_on),
        "words": bool(referral.words or referral.reporter),
        "address": bool(person.address or person.phone or person.school or person.birth_date),
    }
    told = N_("Ce champ n’est pas attendu ici.")
    return {name: [told] for name, found in written.items() if found}


def _beyond_scope(said: Answers) -> Mapping[str, Sentence]:
    scope = said.get("consent_scope", "")
    if CONTACT_ONLY in scope.split(",") and scope != CONTACT_ONLY:
        told = N_("« Être rappelée, rien de plus » ne va avec aucune autre réponse.")
        return {"consent_scope": told}
    return {name: _BEYOND for name, value in said.items() if value and not covered(scope, name)}


def _of_address(said: Answers) -> Mapping[str, Sentence]:
    covers = covered(said.get("consent_scope", ""), "hidden_address")
    agrees = (said.get("address_covered") == "yes") == covers
    return {} if agrees else {"hidden_address": _BEYOND}


def _of_age(said: Answers) -> Mapping[str, Sentence]:
    age = said.get("age", "")
    if not (age.isascii() and age.isdecimal()):
        return {"age": N_("Un nombre entier est attendu.")}
    if (int(age) >= _OLD_ENOUGH) == (said.get("consent_by") == HERSELF):
        return {}
    told = N_(
        "Majeure, elle donne elle-même son accord ; mineure, un représentant légal que les faits "
        "ne mettent pas en cause."
    )
    return {"consent_by": told}


def _of_danger(said: Answers) -> Mapping[str, Sentence]:
    """Return what lacks of an evaluation, or is too much of one that was not made."""
    told = [bool(said.get(name)) for name in ("danger_by", "danger_on")]
    evaluated = said.get("danger_evaluated") == "yes"
    levelled = said.get("danger_level", "not_evaluated") != "not_evaluated"
    if evaluated and not (all(told) and levelled):
        return {"danger_level": N_("Évalué : dites par quel service, quel jour, à quel niveau.")}
    if not evaluated and (any(told) or levelled):
        return {"danger_level": N_("Non évalué : il n’y a ni service, ni jour, ni niveau.")}
    return {}
