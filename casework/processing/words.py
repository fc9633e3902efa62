"""What the record of processing is called on pages: codes in French, figures in sentences."""

from collections.abc import Mapping
from typing import Any, Final

from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.i18n import gettext, ngettext
from casework.i18n import lazy_gettext as _l
from casework.processing.values import Measure, MeasureName, Phase, Reach, Risk, Term, Tie

BASES: Final[Mapping[CaseKind, Any]] = {
    CaseKind.FOLLOWUP: _l(
        "Mission d’intérêt public (RGPD, art. 6.1 e), code de la sécurité intérieure, art. "
        "L. 132-4 et L. 132-5"
    ),
    CaseKind.FAMILY_COUNCIL: _l(
        "Mission d’intérêt public (RGPD, art. 6.1 e), code de l’action sociale et des familles, "
        "art. L. 141-1 et L. 141-2"
    ),
    CaseKind.REMINDER: _l(
        "Mission d’intérêt public (RGPD, art. 6.1 e), code de la sécurité intérieure, art. L. 132-7"
    ),
    CaseKind.VICTIM: _l(
        "Mission d’intérêt public (RGPD, art. 6.1 e), code de la sécurité intérieure, art. L. 132-5"
    ),
}

SENSITIVE: Final[Mapping[CompartmentClass, Any]] = {
    CompartmentClass.JUDICIAL: _l("donnée d’infraction, RGPD, art. 10"),
    CompartmentClass.SOCIAL: _l("secret professionnel, CASF, art. L. 121-6-2"),
    CompartmentClass.PROTECTED_CONTACT: _l("adresse tenue secrète d’une victime"),
}
"""Classes of data that ask for more care, and why."""

TIES: Final[Mapping[Tie, Any]] = {
    Tie.COORDINATOR: _l("Coordination du groupe"),
    Tie.LEAD: _l("Référent de parcours"),
    Tie.NAMED: _l("Membre nommé sur la situation"),
    Tie.REFERRER: _l("Personne qui a saisi"),
    Tie.AGENDA: _l("Membre, situation à l’ordre du jour"),
    Tie.COMMUNE: _l("Membre, situation de sa commune"),
}

PARTS_OF_OTHERS: Final = _l("Notes d’un organisme")
"""What a service keeps for itself, as somebody outside it says."""

PHASES: Final[Mapping[Phase, Any]] = {
    Phase.REFERRED: _l("à l’étude"),
    Phase.FOLLOWED: _l("suivie"),
    Phase.CLOSED: _l("close"),
}

RISKS: Final[Mapping[Risk, Any]] = {
    Risk.ACCESS: _l("Accès illégitime aux données"),
    Risk.CHANGE: _l("Modification non désirée"),
    Risk.LOSS: _l("Disparition"),
}

MEASURES: Final[Mapping[MeasureName, Any]] = {
    MeasureName.ACCOUNTS: _l("Comptes nominatifs, second facteur pour chacun"),
    MeasureName.PASSWORDS: _l("Mots de passe"),
    MeasureName.SESSIONS: _l("Sessions"),
    MeasureName.NEED_TO_KNOW: _l("Besoin d’en connaître"),
    MeasureName.REVIEWS: _l("Revue trimestrielle des accès"),
    MeasureName.ENCRYPTION: _l("Chiffrement des données, partie par partie"),
    MeasureName.DATABASE: _l("Base de données"),
    MeasureName.KEK: _l("Clé des clés hors du serveur"),
    MeasureName.CUSTODY: _l("Clés gardées par les partenaires"),
    MeasureName.ESCROW: _l("Clé de secours confiée à des gardiens"),
    MeasureName.REGISTRAR: _l("Registre des clés tenu ailleurs"),
    MeasureName.TRANSPORT: _l("Chiffrement des échanges"),
    MeasureName.REGISTER: _l("Registre d’accès infalsifiable"),
    MeasureName.ANCHORS: _l("Registre confié à des tiers"),
    MeasureName.SECOND_SIGNATURE: _l("Seconde signature du registre"),
    MeasureName.COPIES: _l("Copies des deux bases"),
    MeasureName.BACKUPS: _l("Sauvegardes du magasin de clés"),
    MeasureName.ERASURE: _l("Effacement prouvé"),
    MeasureName.VISA: _l("Visa des archives avant destruction"),
}

_KEKS: Final[Mapping[str, Any]] = {
    "file": _l("dans un fichier du serveur"),
    "credential": _l("remise au démarrage par systemd"),
    "transit": _l("dans un coffre (Vault ou OpenBao)"),
    "pkcs11": _l("dans un module matériel (PKCS#11)"),
}


def measure_said(one: Measure) -> str:
    """Return a measure as it stands today, in one sentence with its figures."""
    return str(_SAID[one.name](one))


def _reviews(one: Measure) -> str:
    if not one.figures["asked"]:
        return gettext("Aucune revue n’a encore été demandée.")
    return gettext(
        "Réponses à la dernière revue : %(answered)d sur %(asked)d ; organismes suspendus : "
        "%(suspended)d.",
        **one.figures,
    )


def _database(one: Measure) -> str:
    if one.figures["database"] == "postgresql":
        return gettext(
            "PostgreSQL, cloisonné ligne par ligne entre organismes ; le chiffrement du disque "
            "relève de l’exploitant."
        )
    return gettext("Fichier chiffré en entier (SQLCipher, AES-256).")


def _custody(one: Measure) -> str:
    return gettext(
        "Organismes qui gardent eux-mêmes leur clé : %(members)d ; dont le service la garde : "
        "%(service)d.",
        **one.figures,
    )


def _anchors(one: Measure) -> str:
    if not one.on:
        return gettext("À personne : une réécriture par qui tient le serveur ne se verrait pas.")
    return gettext(
        "Chaque jour, une empreinte et aucune donnée. Adresses : %(letters)d ; horodatage : "
        "%(stamps)d ; témoins : %(witnesses)d.",
        **one.figures,
    )


_SAID: Final[Mapping[MeasureName, Any]] = {
    MeasureName.ACCOUNTS: lambda _: gettext(
        "Aucun compte partagé. Code à usage unique à chaque connexion, redemandé pour un acte "
        "grave."
    ),
    MeasureName.PASSWORDS: lambda one: gettext(
        "Argon2id, %(memory)d Mio ; les essais attendent (CNIL, délibération 2022-100).",
        **one.figures,
    ),
    MeasureName.SESSIONS: lambda one: gettext(
        "Closes après %(idle)d minutes sans geste et %(hours)d heures en tout.", **one.figures
    ),
    MeasureName.NEED_TO_KNOW: lambda one: ngettext(
        "Une charte signée décide de chaque accès, et chacun cite son article.",
        "%(num)d chartes signées décident de chaque accès, et chacun cite son article.",
        int(one.figures["charters"]),
    ),
    MeasureName.REVIEWS: _reviews,
    MeasureName.ENCRYPTION: lambda _: gettext(
        "AES-256-GCM, une clé par partie et par situation, remise aux seuls organismes admis."
    ),
    MeasureName.DATABASE: _database,
    MeasureName.KEK: lambda one: gettext(
        "Aujourd’hui %(where)s.", where=_KEKS[str(one.figures["kek"])]
    ),
    MeasureName.CUSTODY: _custody,
    MeasureName.ESCROW: lambda one: (
        gettext(
            "Plusieurs cartes réunies ouvrent ce qu’un organisme aurait perdu ; chaque ouverture "
            "se voit."
        )
        if one.on
        else gettext("Aucune : une clé que ses membres perdent est perdue, avec ce qu’elle ouvre.")
    ),
    MeasureName.REGISTRAR: lambda one: (
        gettext("Sur une machine hors ligne.")
        if one.on
        else gettext("Le service atteste lui-même les clés publiques.")
    ),
    MeasureName.TRANSPORT: lambda one: (
        gettext("TLS, vers le serveur frontal.")
        if one.on
        else gettext("Adresse sans TLS : démonstration sur cette seule machine.")
    ),
    MeasureName.REGISTER: lambda _: gettext(
        "Chaque lecture y est inscrite avant de s’ouvrir ; arbre de Merkle signé (Ed25519), "
        "vérifiable hors du service."
    ),
    MeasureName.ANCHORS: _anchors,
    MeasureName.SECOND_SIGNATURE: lambda one: (
        gettext("ML-DSA-44, post-quantique.")
        if one.on
        else gettext("Non activée : les points de contrôle portent une signature Ed25519.")
    ),
    MeasureName.COPIES: lambda one: (
        gettext(
            "Faites par le service, scellées pour une clé qui n’est pas sur la machine ; essayées "
            "à part, sans rien ouvrir d’une situation."
        )
        if one.on
        else gettext("Le service n’en fait aucune : à l’exploitant de dire comment il sauvegarde.")
    ),
    MeasureName.BACKUPS: lambda one: ngettext(
        "Gardées un jour : ce qui est effacé ne revient plus ensuite.",
        "Gardées %(num)d jours : ce qui est effacé ne revient plus ensuite.",
        int(one.figures["days"]),
    ),
    MeasureName.ERASURE: lambda _: gettext(
        "À l’échéance la clé est détruite, sauvegardes comprises ; un certificat reste."
    ),
    MeasureName.VISA: lambda _: gettext(
        "Rien de scellé n’est détruit sans bordereau ; un gel suspend tout effacement."
    ),
}

TERMS: Final[Mapping[str, Any]] = {
    "referral_not_kept_days": _l("Saisine non retenue : identité, après la décision"),
    "after_closure_months": _l("Situation close, en accès restreint, puis scellée et détruite"),
    "age_to": _l("Personne suivie : au plus tard à cet anniversaire"),
    "review_months": _l("Suivi : revu au moins tous les"),
    "stale_meetings": _l("Suivi sans décision : clos après autant de séances"),
    "elimination_alert_months": _l("Scellée sans visa des archives : alerte après"),
    "keystore_backup_days": _l("Sauvegardes des clés, au plus"),
    "searchable_months": _l("Registre d’accès : objet et motif des lignes"),
    "kept_months": _l("Registre d’accès : la ligne entière"),
}


def figure_said(key: str, figure: int) -> str:
    """Return a duration in its unit."""
    if key.endswith("_days"):
        return ngettext("%(num)d jour", "%(num)d jours", figure)
    if key.endswith("_months"):
        return ngettext("%(num)d mois", "%(num)d mois", figure)
    if key == "age_to":
        return gettext("%(age)d ans", age=figure)
    return ngettext("%(num)d séance", "%(num)d séances", figure)


def term_said(one: Term) -> tuple[Any, str, str]:
    """Return what ends, after how long, and the most that the law allows."""
    highest = figure_said(one.key, one.highest)
    return TERMS[one.key], figure_said(one.key, one.figure), f"{highest} — {one.source}"


def phases_said(one: Reach) -> str:
    """Return when somebody reaches it: « suivie, close », or always."""
    if len(one.phases) == len(Phase):
        return gettext("à tout moment")
    return ", ".join(str(PHASES[phase]) for phase in one.phases)
