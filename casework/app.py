"""The web application of one council: every package put in its place, and nothing else."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from casework.accounts import api as account_api
from casework.accounts import pages as account_pages
from casework.accounts import signin
from casework.accounts.assembly import AccountSettings
from casework.audit import api as register_api
from casework.audit import pages as register_pages
from casework.audit.alerts import AlertService
from casework.audit.export.service import ExportService
from casework.audit.pages import NamesHolder
from casework.audit.service import RegisterService
from casework.audit.stamps import StampService
from casework.cases import api as case_api
from casework.cases import pages as case_pages
from casework.cases.service.actions import ActionService
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.service.drafts import DraftService
from casework.cases.service.exceptional import ExceptionalService
from casework.cases.service.home import HomeService
from casework.cases.service.links import LinkService
from casework.cases.service.measures import MeasureService
from casework.cases.service.merging import MergeService
from casework.cases.service.protection import ProtectionService
from casework.cases.service.references import References
from casework.cases.service.referrals import ReferralService
from casework.cases.service.searching import SearchService
from casework.cases.service.stating import StatingService
from casework.cases.service.stepping import SteppingService
from casework.cases.service.transmitting import Transmitting
from casework.cases.service.victims import VictimService
from casework.charters import api as charter_api
from casework.charters import pages as charter_pages
from casework.charters.promise import Promise
from casework.charters.service import CharterService, VersionService
from casework.crypto.passwords import Argon2Cost
from casework.documents import api as document_api
from casework.documents import pages as document_pages
from casework.documents.service import DocumentService
from casework.enquiries import pages as enquiry_pages
from casework.enquiries.cards import CardService
from casework.enquiries.service import EnquiryService
from casework.explanations import api as explanation_api
from casework.explanations import pages as explanation_pages
from casework.explanations.service import ExplanationService
from casework.explanations.sheets import SheetService
from casework.keys import pages as key_pages
from casework.keys.secrets import SecretName
from casework.keys.service.asking import AskingService
from casework.keys.service.ceremonies import CeremonyService
from casework.keys.service.custody import CustodyService
from casework.keys.service.escrows import EscrowService
from casework.keys.service.notices import NoticeService
from casework.keys.service.recovery_codes import RecoveryCodes
from casework.keys.status import KeyStatus
from casework.letters import api as letter_api
from casework.letters import pages as letter_pages
from casework.letters.service.composing import ComposingService
from casework.letters.service.issuing import LetterService
from casework.letters.service.reading import LetterReader
from casework.letters.service.stationery import StationeryService
from casework.meetings import api as meeting_api
from casework.meetings import pages as meeting_pages
from casework.meetings.service import MeetingService
from casework.operations.instance import account_settings
from casework.operations.measures import measures_of
from casework.operations.readiness import probes
from casework.partners.directory import Directory
from casework.presence import api as presence_api
from casework.presence import pages as presence_pages
from casework.presence.desk import PresenceDesk
from casework.presence.service import PresenceService
from casework.processing import pages as processing_pages
from casework.processing.service import ProcessingService
from casework.processing.values import Measures
from casework.readings import api as reading_api
from casework.readings import pages as reading_pages
from casework.readings.report import ReportService
from casework.readings.service import ReadingService
from casework.register_names import RegisterNames
from casework.retention import api as retention_api
from casework.retention import pages as retention_pages
from casework.retention.service import RetentionService
from casework.reviews import pages as review_pages
from casework.reviews.endings import EndingService
from casework.reviews.service import ReviewService
from casework.runtime import Runtime
from casework.settings import Settings
from casework.web import assembly
from casework.web.api import document as api
from casework.web.api.edges import ApiEdges
from casework.web.frame import House

_PAGES = (
    *(account_pages, charter_pages, document_pages, enquiry_pages, explanation_pages),
    *(letter_pages, meeting_pages, presence_pages, processing_pages, reading_pages),
    *(register_pages, retention_pages),
)
_API = (
    *(account_api.reasons, charter_api.charters, register_api.register, case_api.cases),
    *(document_api.documents, explanation_api.explanations, letter_api.letters),
    *(meeting_api.meetings, presence_api.presence, reading_api.readings),
    retention_api.retention,
)


@dataclass(frozen=True, slots=True)
class AppOptions:
    """What a demonstration or a test changes; production changes nothing."""

    demonstration: bool = False
    cost: Argon2Cost | None = None


def create_app(runtime: Runtime, settings: Settings, options: AppOptions | None = None) -> Flask:
    """Build the application. Raises `Misconfigured` on a route without a permission."""
    chosen = options or AppOptions()
    clock, entropy = runtime.edges.clock, runtime.edges.entropy
    app = assembly.new_app()
    assembly.prepare(app, clock, entropy, _web_settings(runtime, settings, chosen))
    app.config["TRUSTED_HOSTS"] = [settings.host]
    app.extensions["casework"] = _services(runtime) | {Measures: measures_of(settings, runtime)}
    accounts = runtime.accounts(_account_settings(settings, chosen))
    signin.install(app, accounts, secure=settings.secure)
    case_pages.install(app)
    key_pages.install(app)
    review_pages.install(app)
    for package in _PAGES:
        app.register_blueprint(package.pages)
    api.install(app, ApiEdges(runtime.repeats, runtime.cursors), *_API)
    assembly.finish(app, entropy, probes=probes(runtime, settings))
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    return app


def _web_settings(
    runtime: Runtime, settings: Settings, options: AppOptions
) -> assembly.WebSettings:
    return assembly.WebSettings(
        secret_key=runtime.secrets.of(SecretName.FORMS),
        secure=settings.secure,
        house=House(name=settings.town, demonstration=options.demonstration),
    )


def _account_settings(settings: Settings, options: AppOptions) -> AccountSettings:
    usual = account_settings(settings)
    return replace(usual, cost=options.cost) if options.cost else usual


def _services(runtime: Runtime) -> dict[type, Any]:
    references = References(runtime.stores.main, runtime.council_id)
    return _control(runtime) | {
        ActionService: runtime.actions,
        SteppingService: runtime.stepping,
        CaseService: runtime.cases,
        CharterService: runtime.charter_service,
        ComposingService: runtime.letters.composing,
        Directory: runtime.directory,
        DocumentService: runtime.documents,
        DraftService: runtime.drafts,
        ExceptionalService: runtime.exceptional,
        GroupBooks: runtime.books,
        HomeService: runtime.home,
        LetterReader: runtime.letters.reader,
        LetterService: runtime.letters.issuing,
        LinkService: runtime.safeguards.links,
        MeetingService: runtime.meetings,
        MergeService: runtime.lookups.merging,
        NamesHolder: RegisterNames(runtime.directory, references),
        PresenceDesk: runtime.presence.desk,
        PresenceService: runtime.presence.questions,
        ProtectionService: runtime.safeguards.protection,
        References: references,
        ReferralService: runtime.referrals,
        SearchService: runtime.lookups.searches,
        StatingService: runtime.safeguards.stating,
        StationeryService: runtime.letters.stationery,
        Transmitting: runtime.transmitting,
        MeasureService: runtime.measures,
        VictimService: runtime.victims,
    }


def _control(runtime: Runtime) -> dict[type, Any]:
    """Return the services of keys, the register, charters, reviews and forgetting."""
    return {
        AlertService: runtime.alerts,
        AskingService: runtime.recovery.asking,
        CardService: runtime.examining.cards,
        CeremonyService: runtime.recovery.ceremonies,
        CustodyService: runtime.custody_service,
        EndingService: runtime.reviews.endings,
        EnquiryService: runtime.examining.enquiries,
        EscrowService: runtime.recovery.escrows,
        ExplanationService: runtime.explanations.accesses,
        ExportService: runtime.exports,
        KeyStatus: runtime.key_status,
        NoticeService: runtime.recovery.notices,
        ProcessingService: runtime.processing,
        Promise: runtime.promise,
        ReadingService: runtime.readings.trails,
        RecoveryCodes: runtime.recovery.codes,
        RegisterService: runtime.register,
        ReportService: runtime.readings.reports,
        RetentionService: runtime.retention,
        ReviewService: runtime.reviews.answers,
        SheetService: runtime.explanations.sheets,
        StampService: runtime.stamps,
        VersionService: runtime.charter_versions,
    }
