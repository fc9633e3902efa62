"""The record of processing on screen and on paper, for the data protection officer."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from casework.cases.pages.views.words import BODIES, PARTS
from casework.charters.kinds import WITH_MEETINGS
from casework.charters.limits import OLDEST
from casework.charters.vocabulary import CompartmentClass, ListName
from casework.i18n import gettext
from casework.processing.measures import lowering
from casework.processing.service import ProcessingService
from casework.processing.values import Activity, Data, Measures, Reach, Record, Risk
from casework.processing.words import (
    BASES,
    MEASURES,
    PARTS_OF_OTHERS,
    RISKS,
    SENSITIVE,
    TIES,
    measure_said,
    phases_said,
    term_said,
)
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

pages = Blueprint("processing", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of recipients: who, of which bodies, when, how far, by which articles."""

    who: Any
    bodies: str
    when: str
    writes: bool
    articles: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A class of data in words, and its lines."""

    name: Any
    holds: str
    rows: tuple[Row, ...]
    members_only: bool


@pages.get("/dpd/traitements")
@needs(Permission.PROCESSING_READ)
def see_record() -> str:
    """Show each processing as the configuration stands now."""
    record = service(ProcessingService).open(principal(), service(Measures))
    return render_template(
        "processing/record.html",
        record=record,
        jumps=[
            (one.charter.group, f"#traitement-{number}", False)
            for number, one in enumerate(record.activities, start=1)
        ],
        activities=[_activity(one) for one in record.activities],
        partners=[(BODIES[one].name, ", ".join(names)) for one, names in record.partners.items()],
        register=[term_said(one) for one in record.register],
        measures=[(MEASURES[one.name], measure_said(one), one.on) for one in record.measures],
        risks=[(RISKS[one], _lowered(record, one)) for one in Risk],
    )


def _activity(one: Activity) -> dict[str, Any]:
    charter = one.charter
    return {
        "charter": charter,
        "kind": charter.group,
        "meets": one.kind in WITH_MEETINGS,
        "basis": BASES[one.kind],
        "adopted_at": one.adopted_at,
        "settings": one.settings,
        "signed": one.signed,
        "unsigned": one.unsigned,
        "purposes": list(charter.lists.get(ListName.PURPOSES, {}).values()),
        "persons": _persons(one),
        "sensitive": [
            (charter.compartments[class_], SENSITIVE[class_])
            for class_ in SENSITIVE
            if class_ in charter.compartments
        ],
        "data": [_shown(data) for data in one.data],
        "terms": [(*term_said(term), term.article, term.because) for term in one.terms],
        "barred": _article(one, charter.texts.article),
        "information": _article(one, charter.information.article),
        "delays": list(charter.lists.get(ListName.DELAY_REASONS, {}).values()),
    }


def _persons(one: Activity) -> list[str]:
    ages, charter = one.charter.persons, one.charter
    told = [
        gettext(
            "Personnes suivies, de %(youngest)d ans à moins de %(oldest)d ans",
            youngest=ages.age_from,
            oldest=ages.age_to,
        )
        if ages.age_to < OLDEST
        else gettext("Personnes suivies, de %(youngest)d ans au moins", youngest=ages.age_from)
    ]
    if charter.information.legal_representatives:
        told.append(gettext("Représentants légaux des mineurs"))
    if CompartmentClass.ORIGIN in charter.compartments:
        told.append(gettext("Personnes à l’origine d’une saisine"))
    return [*told, gettext("Membres des organismes partenaires")]


def _shown(data: Data) -> Shown:
    name = PARTS[data.class_] if data.class_ else gettext("Liste des situations")
    if data.class_ is CompartmentClass.PRIVATE:
        name = PARTS_OF_OTHERS
    holds = data.holds or gettext("Référence, commune et étape, sans aucun nom")
    return Shown(name, holds, tuple(map(_row, data.recipients)), data.members_only)


def _row(one: Reach) -> Row:
    bodies = ", ".join(str(BODIES[category].name) for category in one.categories)
    return Row(
        who=TIES[one.tie],
        bodies=gettext("tout organisme signataire") if one.everybody else bodies,
        when=phases_said(one),
        writes=one.writes,
        articles=", ".join(one.articles),
    )


def _article(one: Activity, number: str) -> Any:
    return one.charter.articles[number]


def _lowered(record: Record, risk: Risk) -> list[tuple[Any, bool]]:
    return [(MEASURES[one.name], one.on) for one in lowering(record.measures, risk)]
