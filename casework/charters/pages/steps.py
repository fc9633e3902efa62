"""The steps of a text, each one press: compare, approve, record a signature, choose the day."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.charters.engagement import Signature
from casework.charters.lifecycle import VersionState, VersionStep
from casework.charters.pages.blueprint import pages
from casework.charters.pages.versions import REFUSED, state_of, version_page
from casework.charters.pages.views import differences_told, groups_told, rights_by_turn
from casework.charters.schemas import ApprovalSchema, EntrySchema, SignatureSchema
from casework.charters.service import CharterService, VersionService
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.identity import Reason
from casework.web.dates import long_day
from casework.web.forms import FormState
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.permissions import Permission


@pages.get("/chartes/<uuid:charter_id>/comparaison")
@needs(Permission.CHARTER_COMPARE)
def compare(charter_id: UUID) -> str:
    """Lay a draft beside the text in force, in words and in today's cases."""
    return _comparison(charter_id, FormState())


@pages.post("/chartes/<uuid:charter_id>/approbation")
@needs(Permission.CHARTER_APPROVE)
def approve(charter_id: UUID) -> ResponseReturnValue:
    """Approve a text whose comparison was read."""
    try:
        load(ApprovalSchema)
    except InvalidInput as fault:
        return _comparison(charter_id, FormState.refused(fault)), REFUSED
    try:
        state = service(VersionService).approve(principal(), charter_id)
    except InvalidInput as fault:
        return version_page(charter_id, FormState.refused(fault)), REFUSED
    if state is VersionState.APPROVED:
        flash(gettext("Approuvé par deux personnes : les partenaires peuvent signer."), "ok")
    else:
        flash(gettext("Votre approbation est enregistrée. Il en faut une seconde."), "ok")
    return _back(charter_id)


@pages.post("/chartes/<uuid:charter_id>/signatures")
@needs(Permission.CHARTER_SIGN)
def sign(charter_id: UUID) -> ResponseReturnValue:
    """Record a partner's signature, with the paper in hand."""
    try:
        given = load(SignatureSchema)
        signature = Signature(
            charter_id=charter_id,
            organisation_id=given["organisation"],
            signed_on=given["signed_on"],
            until_on=given["until_on"],
        )
        service(CharterService).sign(principal(), Reason.DUTY, signature)
    except InvalidInput as fault:
        return version_page(charter_id, FormState.refused(fault)), REFUSED
    flash(gettext("Signature inscrite."), "ok")
    return _back(charter_id)


@pages.post("/chartes/<uuid:charter_id>/entree-en-vigueur")
@needs(Permission.CHARTER_SCHEDULE)
def schedule(charter_id: UUID) -> ResponseReturnValue:
    """Choose the day on which a text comes into force."""
    try:
        day = load(EntrySchema)["enters_on"]
        state = service(VersionService).schedule(principal(), charter_id, day)
    except InvalidInput as fault:
        return version_page(charter_id, FormState.refused(fault)), REFUSED
    if state is VersionState.IN_FORCE:
        flash(
            gettext("La charte est en vigueur : chaque membre la signe avant de continuer."), "ok"
        )
        return redirect(url_for("charters.read_charter"), 303)
    flash(gettext("La charte entrera en vigueur le %(day)s.", day=long_day(day)), "ok")
    return _back(charter_id)


@pages.post("/chartes/<uuid:charter_id>/retrait")
@needs(Permission.CHARTER_WITHDRAW)
def withdraw(charter_id: UUID) -> ResponseReturnValue:
    """Put an end to a draft."""
    try:
        service(VersionService).withdraw(principal(), charter_id)
    except InvalidInput as fault:
        return version_page(charter_id, FormState.refused(fault)), REFUSED
    flash(gettext("Projet retiré. Son texte reste lisible."), "ok")
    return _back(charter_id)


def _comparison(charter_id: UUID, state: FormState) -> str:
    found = service(VersionService).compare(principal(), charter_id)
    return render_template(
        "charters/comparison.html",
        sheet=found.sheet,
        title=state_of(found.sheet),
        turns=rights_by_turn(found.sheet.rights),
        beside=differences_told(found.sheet.differences),
        groups=groups_told(found),
        grave=len(found.grave),
        may_approve=found.sheet.may(VersionStep.APPROVE),
        state=state,
    )


def _back(charter_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("charters.read_version", charter_id=charter_id), 303)
