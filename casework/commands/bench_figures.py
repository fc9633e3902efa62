"""How figures that stand by themselves are told: value, budget, and what stands beside."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from casework.commands.console import columns
from casework.commands.wording import said
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.places import Engine

_TITLES: Final = {
    FigureName.RING_ENTRY: ("ouvrir une entrée du trousseau", "open a ring entry"),
    FigureName.RING_BESIDE_HPKE: ("HPKE, au regard du trousseau", "HPKE beside a ring entry"),
    FigureName.RING_OF_5000: ("tirer les clés de 5 000 parties", "draw the keys of 5,000 parts"),
    FigureName.ROTATION: ("nouvelle clé d’un organisme", "a new key for an organisation"),
    FigureName.ROTATION_UNIT: ("… attente d’un autre écrivain", "… another writer waits"),
    FigureName.RESEALING_UNIT: ("rechiffrement : attente", "sealing anew: a writer waits"),
    FigureName.LIST_GROWTH: ("liste de 50 parmi beaucoup", "list of 50 among many"),
    FigureName.SIGN_IN_SHARE: ("part d’Argon2 à la connexion", "share of Argon2 in signing in"),
    FigureName.FOUR_AT_ONCE: ("quatre connexions à la fois", "four signing in at once"),
    FigureName.PAGES_MEANWHILE: ("une page pendant ce temps", "a page meanwhile"),
    FigureName.FIRST_ROOT: ("première racine d’un processus", "first root of a process"),
    FigureName.PROOFS_OF_FEW: ("deux preuves, registre court", "two proofs, short register"),
    FigureName.PROOFS: ("deux preuves, registre entier", "two proofs, whole register"),
    FigureName.VERIFY: ("vérifier sans les parties", "verify without the parts"),
    FigureName.VERIFY_BY_TWO: ("… à deux processus", "… by two processes"),
    FigureName.REGISTER_PAGE: ("page du registre, pire filtre", "register page, worst filter"),
    FigureName.APPEND: ("ajout au registre", "append to the register"),
    FigureName.WAIT_OF_4: ("quatre écrivains : pire attente", "four writers: worst wait"),
    FigureName.FAIRNESS_OF_4: ("… équité", "… fairness"),
    FigureName.TOTAL_OF_4: ("… ensemble, au regard d’un seul", "… together, beside one"),
    FigureName.WAIT_OF_8: ("huit écrivains : pire attente", "eight writers: worst wait"),
    FigureName.FAIRNESS_OF_8: ("… équité", "… fairness"),
    FigureName.TOTAL_OF_8: ("… ensemble, au regard d’un seul", "… together, beside one"),
    FigureName.CHARTER_DIFF: (
        "comparer deux versions d’une charte",
        "compare two charter versions",
    ),
    FigureName.DECISION: ("une décision d’accès", "one access decision"),
    FigureName.DECISION_BESIDE_CEDAR: ("… cedarpy, au regard d’elle", "… cedarpy beside it"),
    FigureName.LIST_WITH_POLICY: ("liste de 50, charte comprise", "list of 50, with the charter"),
    FigureName.CHARTER_CHECK: ("vérifier une charte", "check a charter"),
    FigureName.SEARCH: ("chercher un nom", "search for a name"),
    FigureName.SEARCH_BESIDE_OPENING: ("… au regard de l’ouverture", "… beside bare opening"),
}


def lines(figures: Sequence[tuple[Engine, Figure]]) -> Iterator[str]:
    """Yield a table of figures."""
    head = (
        "",
        "",
        said("mesure", "measured"),
        said("budget", "budget"),
        "",
        said("à côté", "beside"),
    )
    yield from columns([head, *(_cells(*one) for one in figures)])


def told(figure: Figure) -> dict[str, Any]:
    """Return a figure for programs."""
    return {
        "row": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "budget": figure.budget,
        "at_least": figure.at_least,
        "beside": dict(figure.beside),
        "missed": figure.missed,
    }


def _cells(engine: Engine, figure: Figure) -> tuple[str, ...]:
    unit = f" {figure.unit}" if figure.unit else ""
    sign = said("▲ manqué", "▲ missed") if figure.missed else "✓"
    beside = ", ".join(f"{name} {value:.4g}" for name, value in figure.beside.items())
    limit = f"{'≥' if figure.at_least else '≤'} {figure.budget:g}{unit}"
    title = said(*_TITLES[figure.name])
    return engine, title, f"{figure.value:.3g}{unit}", limit, sign, beside
