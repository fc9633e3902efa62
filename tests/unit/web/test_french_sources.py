"""French that people read is always within reach of a translation: no text is written beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import casework
from tests.heard import words_of

ROOT = Path(casework.__file__).parent
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
MARKS = frozenset({"N_", "_", "_l", "gettext", "lazy_gettext", "ngettext"})
# Not French: our own name, and what a macro writes inside a tag of another.
NAMES = re.compile(r"\b(casework|wrong)\b|[\w-]+=\"[^\"]*\"")
WORD = re.compile(r"[^\W\d_]{2,}")
FRENCH = re.compile(r"[À-ÿœŒ’«»]|^[A-Z][a-z]+ [^A-Z_]+[.?!]$")

# Packages whose words reach a page. Operators (`commands`) have both languages side by side.
SPOKEN = (
    "accounts",
    "audit",
    "cases",
    "explanations",
    "idempotency",
    "keys",
    "meetings",
    "partners",
    "retention",
)
SPEAKING = (
    *SPOKEN,
    "web",
    "charters/refusals.py",
    "charters/words.py",
    "charters/simulator.py",
    "crypto/encoding.py",
)
# The document of the API has one language, and laws are cited in theirs.
ONE_LANGUAGE = frozenset(
    {
        "cases/api/answers.py",
        "cases/ceilings.py",
        "web/api/document.py",
        "web/api/etags.py",
        "web/api/fieldtypes.py",
        "web/api/once.py",
    }
)


def markup_of(tree: nodes.Template) -> str:
    """Return what a template writes as it is, blocks of class names left out."""
    classes = {
        id(data)
        for block in tree.find_all(nodes.Block)
        if block.name.endswith("_class")
        for data in block.find_all(nodes.TemplateData)
    }
    return "".join(one.data for one in tree.find_all(nodes.TemplateData) if id(one) not in classes)


def beside(node: nodes.Node) -> Iterator[str]:
    """Yield the texts of an expression that no call marks for the catalogue."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in MARKS:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from beside(child)


def unmarked(path: Path) -> Iterator[str]:
    """Yield the French literals of a module that no call marks for the catalogue."""
    tree = ast.parse(path.read_text("utf-8"))
    passed = {id(one) for node in ast.walk(tree) for one in _marked_or_docstring(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in passed else None
        if isinstance(text, str) and FRENCH.search(text):
            yield text


def _marked_or_docstring(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return node.args if name in MARKS else []
    return [node.value] if isinstance(node, ast.Expr) else []


def modules() -> list[Path]:
    found = [path for name in SPEAKING for path in _under(ROOT / name)]
    return [path for path in found if str(path.relative_to(ROOT)) not in ONE_LANGUAGE]


def _under(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_by_itself(path: Path, jinja: Environment) -> None:
    words = words_of(markup_of(jinja.parse(path.read_text("utf-8"))))
    assert [text for text in words if WORD.search(NAMES.sub("", text))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_an_expression_of_a_template_holds_no_french_of_its_own(
    path: Path, jinja: Environment
) -> None:
    texts = beside(jinja.parse(path.read_text("utf-8")))
    assert [text for text in texts if FRENCH.search(text)] == []


def test_no_module_says_french_that_cannot_be_translated() -> None:
    found = {str(path.relative_to(ROOT)): list(unmarked(path)) for path in modules()}
    assert {name: said for name, said in found.items() if said} == {}


def test_the_search_finds_what_it_looks_for(jinja: Environment, tmp_path: Path) -> None:
    tree = jinja.parse('<p title="Aide">{{ button("Être aidé") }}{{ _("Suite") }}</p>')
    assert words_of(markup_of(tree)) == ["Aide"]
    assert list(beside(tree)) == ["Être aidé"]
    module = tmp_path / "said.py"
    module.write_text('"""Où ?"""\nA = N_("Déjà lu")\nB = "Déjà écrit"\nC = "Deux ans."\n')
    assert list(unmarked(module)) == ["Déjà écrit", "Deux ans."]
