"""The one table of what can go wrong: code, status, title, and what the person can do now."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from casework.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error looks. Title and advice are translated when shown."""

    status: HTTPStatus
    title: Any
    advice: Any


PROBLEMS: dict[str, Problem] = {
    "already-running": Problem(
        HTTPStatus.CONFLICT,
        _l("La même demande est déjà en cours"),
        _l("Renvoyez-la dans un instant avec la même clé : vous recevrez sa réponse."),
    ),
    "bad-request": Problem(
        HTTPStatus.BAD_REQUEST,
        _l("Demande illisible"),
        _l("Le service n’a pas compris cette demande. Revenez en arrière et recommencez."),
    ),
    "conflict": Problem(
        HTTPStatus.CONFLICT,
        _l("Quelqu’un a modifié cette page entre-temps"),
        _l("Rien n’est perdu. Rechargez la page pour voir l’autre version et y reporter la vôtre."),
    ),
    "content-unavailable": Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _l("Contenu indisponible"),
        _l("Ce contenu ne s’ouvre pas. L’exploitant est averti ; donnez-lui la référence."),
    ),
    "custody-refused": Problem(
        HTTPStatus.CONFLICT,
        _l("La charte réserve cette partie"),
        _l(
            "Elle n’est confiée qu’aux organismes dont les membres gardent eux-mêmes la clé, et le "
            "service garde celle d’un organisme concerné. Rien n’a été enregistré. Ses membres "
            "peuvent la reprendre à la page « Qui détient les clés ? »."
        ),
    ),
    "document-too-large": Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _l("Ce fichier dépasse 20 Mo"),
        _l(
            "Rien n’a été enregistré. Revenez en arrière, et joignez-le en plusieurs fichiers, ou "
            "numérisé moins finement."
        ),
    ),
    "internal": Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _l("Le service a rencontré une erreur"),
        _l("Rien n’a été enregistré. Réessayez ; si cela se répète, donnez la référence."),
    ),
    "invalid-input": Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _l("Certains champs sont à reprendre"),
        _l("Rien n’a été enregistré. Corrigez les champs indiqués, puis validez de nouveau."),
    ),
    "key-pending": Problem(
        HTTPStatus.LOCKED,
        _l("La clé de votre organisme n’est pas encore remise"),
        _l("Cette partie s’ouvrira dès que la coordination aura remis la clé."),
    ),
    "method-not-allowed": Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        _l("Geste impossible ici"),
        _l("Cette adresse ne permet pas ce geste. Revenez en arrière et recommencez."),
    ),
    "misconfigured": Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _l("Le service est mal réglé"),
        _l("Prévenez l’exploitant : la commande « casework doctor » lui dira quoi corriger."),
    ),
    "not-found": Problem(
        HTTPStatus.NOT_FOUND,
        _l("Vous n’avez pas accès à cette page"),
        _l("Elle n’existe pas, ou la charte ne vous l’ouvre pas. La coordination saura vous dire."),
    ),
    "not-signed-in": Problem(
        HTTPStatus.UNAUTHORIZED,
        _l("Votre session est terminée"),
        _l("Connectez-vous de nouveau : vous reviendrez ici, et votre texte est conservé."),
    ),
    "precondition-failed": Problem(
        HTTPStatus.PRECONDITION_FAILED,
        _l("Cette version n’est plus la dernière"),
        _l("Relisez la version actuelle, puis recommencez votre modification."),
    ),
    "precondition-required": Problem(
        HTTPStatus.PRECONDITION_REQUIRED,
        _l("Version de départ manquante"),
        _l("Une modification doit nommer la version dont elle part, par l’en-tête If-Match."),
    ),
    "reason-required": Problem(
        HTTPStatus.FORBIDDEN,
        _l("Un motif écrit est attendu"),
        _l(
            "Cette situation ne s’ouvre qu’après un motif écrit pour elle seule : ouvrez sa page, "
            "qui vous le demande."
        ),
    ),
    "press-failed": Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _l("Le fichier de la lettre n’a pas pu être composé"),
        _l(
            "La lettre est enregistrée et rien n’est perdu. Imprimez-la depuis sa page, ou "
            "recomposez le fichier plus tard ; l’exploitant saura ce qui manque au serveur."
        ),
    ),
    "questions-spent": Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        _l("Trente questions en une heure : c’est la limite"),
        _l("Rien n’a été cherché. Vous pourrez en poser une autre après le délai indiqué."),
    ),
    "registrar-awaited": Problem(
        HTTPStatus.LOCKED,
        _l("En attente de la signature du registre des clés"),
        _l(
            "Les clés de cet organisme ne servent pas encore. Rien n’est perdu : recommencez "
            "quand la personne qui tient le registre des clés les aura signées."
        ),
    ),
    "repeat-key-required": Problem(
        HTTPStatus.BAD_REQUEST,
        _l("Clé de répétition manquante"),
        _l("Ajoutez l’en-tête Idempotency-Key, un UUID : renvoyer ne fera rien deux fois."),
    ),
    "repeat-key-reused": Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _l("Cette clé a déjà servi à une autre demande"),
        _l("Rien n’a été enregistré. Prenez une clé neuve pour une demande différente."),
    ),
    "request-rejected": Problem(
        HTTPStatus.FORBIDDEN,
        _l("Ce formulaire ne vient pas d’ici, ou a expiré"),
        _l("Rien n’a été enregistré. Rouvrez la page dans ce service, puis recommencez."),
    ),
    "review-required": Problem(
        HTTPStatus.FORBIDDEN,
        _l("L’accès de votre organisme est suspendu"),
        _l(
            "Il n’a pas dit à temps si ses personnes sont toujours là. Rien n’est perdu : "
            "répondez à la revue, deux minutes suffisent, et l’accès rouvre."
        ),
    ),
    "scanner-silent": Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _l("L’antivirus ne répond pas"),
        _l(
            "Sans sa réponse, aucun fichier n’est accepté : rien n’a été enregistré. Réessayez "
            "dans quelques minutes ; si cela dure, prévenez l’exploitant."
        ),
    ),
    "sign-in-refused": Problem(
        HTTPStatus.UNAUTHORIZED,
        _l("Connexion refusée"),
        _l("L’identifiant, le mot de passe ou le code ne convient pas. Vérifiez, puis réessayez."),
    ),
    "step-refused": Problem(
        HTTPStatus.CONFLICT,
        _l("La procédure ne permet pas cette étape maintenant"),
        _l("Rien n’a été enregistré. La page de la situation dit ce qui manque."),
    ),
    "step-up-required": Problem(
        HTTPStatus.FORBIDDEN,
        _l("Confirmez que c’est bien vous"),
        _l("Cet acte demande un nouveau code de votre second facteur. Votre texte est conservé."),
    ),
    "too-large": Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _l("Envoi trop volumineux"),
        _l("Rien n’a été enregistré. Raccourcissez votre texte ou réduisez le fichier."),
    ),
    "too-many-attempts": Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        _l("Trop d’essais"),
        _l("Attendez le délai indiqué, puis réessayez. Votre compte n’est pas fermé."),
    ),
    "unavailable": Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _l("Le service n’est pas disponible pour l’instant"),
        _l("Rien n’a été ouvert ni enregistré. Réessayez dans quelques instants."),
    ),
    "undertaking-required": Problem(
        HTTPStatus.FORBIDDEN,
        _l("La charte est à lire et à signer"),
        _l("Lisez la charte et signez votre engagement : le service s’ouvrira aussitôt."),
    ),
    "unsupported-media-type": Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        _l("Format non accepté"),
        _l("Envoyez un formulaire ou du JSON."),
    ),
}

# What werkzeug and flask-smorest raise themselves, said with our codes.
CODE_OF_STATUS = {
    HTTPStatus.UNAUTHORIZED: "not-signed-in",
    HTTPStatus.FORBIDDEN: "request-rejected",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.PRECONDITION_FAILED: "precondition-failed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid-input",
    HTTPStatus.PRECONDITION_REQUIRED: "precondition-required",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many-attempts",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}
