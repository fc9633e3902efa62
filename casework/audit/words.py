"""How the register speaks to its reader: acts and reasons in French, and families of acts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from casework.audit.actions import Act, Outcome
from casework.i18n import lazy_gettext as _l
from casework.identity import Reason


class Family(StrEnum):
    """The filters of the register, as plain words above it."""

    ALL = "tout"
    READINGS = "lectures"
    REFUSALS = "refus"
    WRITINGS = "ecritures"
    ENTITLEMENTS = "habilitations"
    SESSIONS = "connexions"
    FORGETTING = "effacements"


FAMILIES: Final[Mapping[Family, Any]] = {
    Family.ALL: _l("Tout"),
    Family.READINGS: _l("Lectures"),
    Family.REFUSALS: _l("Refus"),
    Family.WRITINGS: _l("Écritures"),
    Family.ENTITLEMENTS: _l("Habilitations"),
    Family.SESSIONS: _l("Connexions"),
    Family.FORGETTING: _l("Effacements"),
}

ACTS_OF: Final[Mapping[Family, frozenset[Act]]] = {
    Family.READINGS: frozenset(
        one for one in Act if one.value.endswith((":read", ":listed", ":searched", ":exported"))
    )
    | {
        *(Act.REPORT_ISSUED, Act.PRESENCE_ASKED, Act.PRESENCE_ANSWERED),
        *(Act.ACCESS_EXPLAINED, Act.ACCESS_SIMULATED),
    },
    Family.REFUSALS: frozenset({Act.ACCESS_REFUSED, Act.SESSION_REFUSED, Act.RECOVERY_REFUSED}),
    Family.WRITINGS: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0] in {"contribution", "action", "decision", "referral"}
        and not one.value.endswith((":read", ":listed"))
    ),
    Family.ENTITLEMENTS: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0]
        in {
            "member",
            "mandate",
            "charter",
            "undertaking",
            "organisation",
            "group",
            "token",
            "key",
            "account",
            "custody",
            "holder",
            "compartment",
            "directory",
            "recovery",
            "escrow",
            "review",
            "reminder",
        }
    )
    | {Act.CASE_NAMED, Act.CASE_UNNAMED, Act.ACCESS_LENT, Act.ACCESS_ENDED}
    | {Act.ACCESS_ASKED, Act.ACCESS_OPENED, Act.ACCESS_REVIEWED, Act.ACCESS_LISTED}
    | {Act.LINK_DECLARED, Act.LINK_SET, Act.LIFT_ASKED, Act.LIFT_REFUSED, Act.LINK_LIFTED}
    | {Act.CASE_PROTECTED, Act.CASE_UNPROTECTED, Act.OPENING_ASKED, Act.OPENING_GRANTED},
    Family.SESSIONS: frozenset(one for one in Act if one.value.startswith("session:")),
    Family.FORGETTING: frozenset(
        one
        for one in Act
        if one.value.partition(":")[0] in {"retention", "elimination", "certificate", "hold"}
    )
    | {Act.CASE_CLOSED, Act.CASE_RESTRICTED, Act.CASE_SEALED, Act.CASE_ERASED}
    | {Act.REGISTER_REDACTED, Act.REGISTER_ATTESTED, Act.REGISTER_PRUNED},
}

ACTS: Final[Mapping[str, Any]] = {
    Act.SESSION_OPENED: _l("connexion"),
    Act.SESSION_REFUSED: _l("connexion refusée"),
    Act.SESSION_CLOSED: _l("déconnexion"),
    Act.SESSION_LOCKED: _l("verrouillage"),
    Act.UNDERTAKING_SIGNED: _l("engagement signé"),
    Act.REASON_CHANGED: _l("changement de motif"),
    Act.DRAFT_SAVED: _l("brouillon enregistré"),
    Act.DRAFT_READ: _l("brouillon relu"),
    Act.DRAFT_DISCARDED: _l("brouillon abandonné"),
    Act.REFERRAL_SENT: _l("saisine transmise"),
    Act.REFERRAL_READ: _l("lecture d’une saisine"),
    Act.REFERRAL_LISTED: _l("liste des saisines"),
    Act.REFERRAL_QUESTIONED: _l("question posée"),
    Act.REFERRAL_ANSWERED: _l("réponse donnée"),
    Act.REFERRAL_ACCEPTED: _l("saisine inscrite"),
    Act.REFERRAL_REDIRECTED: _l("saisine réorientée"),
    Act.REFERRAL_REFUSED: _l("saisine non retenue"),
    Act.CASE_READ: _l("lecture"),
    Act.CASE_LISTED: _l("liste"),
    Act.CASE_SEARCHED: _l("recherche"),
    Act.CASE_NAMED: _l("membre nommé"),
    Act.CASE_UNNAMED: _l("fin de nomination"),
    Act.CASE_CLOSED: _l("clôture"),
    Act.CASE_INFORMED: _l("information de la personne"),
    Act.CASE_REVIEWED: _l("bilan"),
    Act.CONTRIBUTION_WRITTEN: _l("contribution"),
    Act.ACTION_OPENED: _l("action confiée"),
    Act.ACTION_LISTED: _l("liste de ses actions"),
    Act.ACTION_REPORTED: _l("compte rendu d’action"),
    Act.MEETING_PREPARED: _l("séance préparée"),
    Act.MEETING_OPENED: _l("séance ouverte"),
    Act.MEETING_CLOSED: _l("séance close"),
    Act.MEETING_READ: _l("lecture d’une séance"),
    Act.MEETING_LISTED: _l("liste des séances"),
    Act.MEETING_ATTENDED: _l("émargement"),
    Act.DECISION_MADE: _l("décision"),
    Act.ACCESS_REFUSED: _l("accès refusé"),
    Act.REGISTER_READ: _l("lecture du registre"),
    Act.REGISTER_VERIFIED: _l("vérification du registre"),
    Act.REGISTER_EXPORTED: _l("export du registre"),
    Act.REGISTER_ANCHORED: _l("registre confié à des tiers"),
    Act.REGISTER_REDACTED: _l("lignes du registre caviardées"),
    Act.REGISTER_ATTESTED: _l("empreintes reprises au registre"),
    Act.REGISTER_PRUNED: _l("lignes du registre détruites"),
    Act.TRAIL_READ: _l("lecture d’une trace"),
    Act.REPORT_ISSUED: _l("relevé de consultations remis"),
    Act.ACCESS_EXPLAINED: _l("accès d’un membre expliqués"),
    Act.ACCESS_SIMULATED: _l("accès simulés"),
    Act.RETENTION_PREVIEWED: _l("aperçu des échéances"),
    Act.RETENTION_READ: _l("lecture des durées"),
    Act.CASE_RESTRICTED: _l("passage en archive restreinte"),
    Act.CASE_SEALED: _l("mise sous scellé"),
    Act.ELIMINATION_LISTED: _l("bordereau d’élimination"),
    Act.ELIMINATION_VISAED: _l("visa des archives"),
    Act.HOLD_PLACED: _l("gel"),
    Act.HOLD_LIFTED: _l("fin de gel"),
    Act.CASE_ERASED: _l("effacement"),
    Act.CERTIFICATE_ISSUED: _l("certificat d’effacement"),
    Act.KEY_CREATED: _l("clé créée"),
    Act.KEY_GRANTED: _l("clé remise"),
    Act.KEY_DELIVERED: _l("clé reçue"),
    Act.CHARTER_ADOPTED: _l("charte adoptée"),
    Act.CHARTER_DRAFTED: _l("projet de charte déposé"),
    Act.CHARTER_COMPARED: _l("projet de charte comparé"),
    Act.CHARTER_APPROVED: _l("projet de charte approuvé"),
    Act.CHARTER_SCHEDULED: _l("entrée en vigueur fixée"),
    Act.CHARTER_WITHDRAWN: _l("projet de charte retiré"),
    Act.CHARTER_ENTERED: _l("charte entrée en vigueur"),
    Act.CHARTER_SIGNED: _l("charte signée"),
    Act.CHARTER_READ: _l("lecture de la charte"),
    Act.ORGANISATION_ADDED: _l("organisme ajouté"),
    Act.ORGANISATION_LISTED: _l("liste des organismes"),
    Act.MEMBER_ADDED: _l("membre ajouté"),
    Act.MEMBER_LISTED: _l("liste des membres"),
    Act.MEMBER_LOCKED: _l("compte fermé"),
    Act.MANDATE_GIVEN: _l("mandat donné"),
    Act.MANDATE_ENDED: _l("fin de mandat"),
    Act.GROUP_ADDED: _l("groupe créé"),
    Act.TOKEN_ADDED: _l("jeton créé"),
    Act.TOKEN_REVOKED: _l("jeton retiré"),
    Act.ACCOUNT_ADDED: _l("compte créé"),
    Act.ACCOUNT_RESET: _l("compte réinitialisé"),
    Act.CUSTODY_CHANGED: _l("changement de garde des clés"),
    Act.HOLDER_ADMITTED: _l("détenteur de clé admis"),
    Act.HOLDER_REMOVED: _l("détenteur de clé retiré"),
    Act.KEY_LISTED: _l("consultation des détenteurs"),
    Act.KEY_ROTATED: _l("renouvellement de clé"),
    Act.KEY_CHECKED: _l("contrôle des clés"),
    Act.COMPARTMENT_REKEYED: _l("nouvelle clé d’un volet"),
    Act.COMPARTMENT_RESEALED: _l("volet rescellé"),
    Act.ORGANISATION_LEFT: _l("départ d’un organisme"),
    Act.MEMBER_LEFT: _l("départ d’un membre"),
    Act.DIRECTORY_SIGNED: _l("annuaire signé"),
    Act.RECOVERY_PREPARED: _l("code de récupération imprimé"),
    Act.RECOVERY_USED: _l("clé récupérée"),
    Act.RECOVERY_REFUSED: _l("récupération refusée"),
    Act.ESCROW_FOUNDED: _l("clé de secours instituée"),
    Act.ESCROW_DRAWN: _l("carte de secours tirée"),
    Act.ESCROW_ASKED: _l("ouverture de secours demandée"),
    Act.ESCROW_ANSWERED: _l("carte de secours présentée"),
    Act.ESCROW_OPENED: _l("clé de secours ouverte"),
    Act.ESCROW_REHEARSED: _l("répétition de la clé de secours"),
    Act.ESCROW_READ: _l("consultation de la clé de secours"),
    Act.ACCESS_LENT: _l("clés prêtées"),
    Act.ACCESS_ASKED: _l("accès exceptionnel demandé"),
    Act.ACCESS_OPENED: _l("accès exceptionnel"),
    Act.ACCESS_REVIEWED: _l("accès exceptionnel examiné"),
    Act.ACCESS_LISTED: _l("accès exceptionnels consultés"),
    Act.ACCESS_ENDED: _l("fin d’accès exceptionnel"),
    Act.DECOY_PLACED: _l("situation leurre posée"),
    Act.DECOY_OPENED: _l("situation leurre ouverte"),
    Act.DECOY_SEEN: _l("alerte de leurre vue"),
    Act.REGISTRAR_ADOPTED: _l("registre des clés adopté"),
    Act.DIRECTORY_ASKED: _l("signatures de l’annuaire demandées"),
    Act.ENQUIRY_OPENED: _l("enquête ouverte"),
    Act.ENQUIRY_READ: _l("lecture d’une enquête"),
    Act.ENQUIRY_LISTED: _l("liste des enquêtes"),
    Act.ENQUIRY_ANSWERED: _l("réponse à une enquête"),
    Act.ENQUIRY_CONCLUDED: _l("enquête conclue"),
    Act.LINK_DECLARED: _l("lien personnel déclaré"),
    Act.LINK_SET: _l("membre écarté d’une situation"),
    Act.LIFT_ASKED: _l("fin d’un lien demandée"),
    Act.LIFT_REFUSED: _l("fin d’un lien refusée"),
    Act.LINK_LIFTED: _l("fin d’un lien personnel"),
    Act.LINK_LISTED: _l("liens personnels consultés"),
    Act.CASE_PROTECTED: _l("situation protégée"),
    Act.CASE_UNPROTECTED: _l("fin de protection"),
    Act.OPENING_ASKED: _l("ouverture à deux demandée"),
    Act.OPENING_GRANTED: _l("ouverture à deux"),
    Act.OPENING_LISTED: _l("ouvertures à deux consultées"),
    Act.REASON_TYPED: _l("motif écrit pour une situation"),
    Act.REVIEW_OPENED: _l("revue des accès demandée"),
    Act.REVIEW_REMINDED: _l("revue des accès rappelée"),
    Act.REVIEW_SUSPENDED: _l("accès suspendus faute de revue"),
    Act.REVIEW_READ: _l("lecture d’une revue des accès"),
    Act.REVIEW_LISTED: _l("suivi des revues des accès"),
    Act.REVIEW_ANSWERED: _l("réponse à la revue des accès"),
    Act.REVIEW_CONFIRMED: _l("présence confirmée"),
    Act.REMINDER_SENT: _l("lettre de rappel envoyée"),
    Act.PROCESSING_READ: _l("lecture du registre des traitements"),
    Act.PRESENCE_ASKED: _l("question « déjà suivie ? »"),
    Act.PRESENCE_ANSWERED: _l("réponse « déjà suivie ? »"),
    Act.PRESENCE_LISTED: _l("questions « déjà suivie ? » consultées"),
    Act.PRESENCE_INDEXED: _l("situations inscrites à la consultation de présence"),
    Act.INTEGRITY_FAILED: _l("contenu contradictoire refusé"),
    Act.PASSWORD_SET: _l("mot de passe choisi"),
    Act.OPERATOR_ACTED: _l("exploitation"),
    Act.DATABASE_UPGRADED: _l("mise à jour de la base"),
    Act.JOB_RAN: _l("tâche du service"),
}

REASONS: Final[Mapping[str, Any]] = {
    Reason.MEETING: _l("séance"),
    Reason.DUTY: _l("mission"),
    Reason.REFERRAL: _l("saisine"),
    Reason.OWN_ACTION: _l("action propre"),
    Reason.CONTROL: _l("contrôle"),
    Reason.SIGN_IN: _l("connexion"),
    Reason.OPERATION: _l("exploitation"),
    Reason.OTHER: _l("autre"),
}

OUTCOMES: Final[Mapping[str, tuple[str, Any]]] = {
    Outcome.ALLOWED: ("ok", _l("autorisé")),
    Outcome.REFUSED: ("late", _l("refusé")),
    Outcome.FAILED: ("late", _l("en échec")),
}


def act_words(act: str) -> Any:
    """Return the French words of an act; a future one keeps its code."""
    return ACTS.get(act, act)
