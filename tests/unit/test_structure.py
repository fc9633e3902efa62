"""The house rules that a machine can read: sizes, names, nothing inline, nothing left for later."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NAMES_THAT_HIDE = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
INLINE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX)\b")
READ_BY_PEOPLE = {".css", ".html", ".js", ".py", ".toml"}


def modules() -> list[Path]:
    """Return every Python file that is ours."""
    folders = ("casework", "tests", "migrations")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def sources(*suffixes: str) -> list[Path]:
    """Return the files of the service with these suffixes, without what others wrote."""
    found = (path for path in sorted((ROOT / "casework").rglob("*")) if path.suffix in suffixes)
    return [path for path in found if "vendor" not in path.parts]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function of a file as "path:line name", with its length in lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", last - node.lineno + 1


def matching(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return "path:line text" for each line where the pattern is found."""
    return [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_rules_read_something() -> None:
    assert len(modules()) > 20


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert [str(path) for path, length in lengths.items() if length > LONGEST_FILE] == []


def test_no_function_is_longer_than_a_screen() -> None:
    found = [found for path in modules() for found in functions(path)]
    assert [name for name, length in found if length > LONGEST_FUNCTION] == []


def test_every_module_is_named_for_what_it_holds() -> None:
    names = {path: {path.stem, path.parent.name} for path in modules()}
    assert [str(path) for path, words in names.items() if words & NAMES_THAT_HIDE] == []


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in modules() if "migrations" not in path.parts}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_page_carries_style_or_script_inside() -> None:
    assert matching(INLINE, sources(".html", ".js", ".py")) == []


def test_nothing_is_left_for_later() -> None:
    assert matching(LEFT_FOR_LATER, sources(*READ_BY_PEOPLE)) == []
