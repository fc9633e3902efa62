"""What the steps and the referral of an opened case already said of a letter.

A part that stays shut says nothing here: the field is left to whoever writes.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from casework.cases.procedures.steps import CaseState, Step
from casework.cases.values import CaseFile, Text
from casework.charters.charter import Charter
from casework.charters.vocabulary import ListName
from casework.keys.values import Withheld
from casework.letters.fields import LetterField
from casework.letters.hours import parted, said_hour
from casework.letters.merging import long_day
from casework.letters.values import Merged

F = LetterField
_NOTHING: Final[Mapping[str, str]] = {}


def taken_over(file: CaseFile, charter: Charter, today: date) -> Merged:
    """Return the fields that the case already tells, days as a form has them typed."""
    return {**_facts(file), **_hearing(file), **_support(file, charter, today)}


def _facts(file: CaseFile) -> Merged:
    referral = file.referral
    if referral is None:
        return {}
    fact, day = _open(referral.fact), _open(referral.fact_on)
    return {F.FACTS: " ".join(fact.split()), F.FACTS_ON: _typed(day)}


def _hearing(file: CaseFile) -> Merged:
    """Return the day, hour and place of a summons that still stands."""
    if file.head.state != CaseState.SUMMONED:
        return {}
    said = _last(file, Step.SUMMON)
    place, hour = said.get("place", ""), said.get("hour", "")
    if not hour:
        hour, place = parted(place)
    return {
        F.DAY: _typed(said.get("hearing_on", "")),
        F.HOUR: said_hour(hour) or hour,
        F.VENUE: place,
    }


def _support(file: CaseFile, charter: Charter, today: date) -> Merged:
    said = _last(file, Step.AGREE)
    if not said.get("agreed_on"):
        return {}
    codes = said.get("commitments", "").split(",")
    words = (charter.label(ListName.COMMITMENTS, code) for code in codes)
    since = long_day(date.fromisoformat(said["agreed_on"]))
    return {
        F.PERIOD: f"du {since} au {long_day(today)}",
        F.COMMITMENTS: "\n".join(filter(None, words)),
    }


def _last(file: CaseFile, step: Step) -> Mapping[str, str]:
    taken = [one.answers for one in file.steps if one.step is step]
    last = taken[-1] if taken else _NOTHING
    return _NOTHING if isinstance(last, Withheld) else last


def _open(text: Text) -> str:
    return "" if isinstance(text, Withheld) else text


def _typed(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
