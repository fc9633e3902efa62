"""Changes the code of the rules in one place at a time, and names what no test notices."""  # noqa: INP001 - a script

# Our rules are tables at the level of modules (walls, invariants, limits): mutmut changes functions
# alone, and cosmic-ray begins a new interpreter for each of a thousand mutants. This one forks.
# .venv/bin/python tools/mutate.py [--jobs 2] [MODULE …]

import ast
import importlib.abc
import importlib.util
import os
import resource
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy  # noqa: F401 - loaded once, for every child
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / "tools/mutants_accepted.tsv"
TESTS = "tests/unit"
LEFT_OUT = {"tests/unit/charters/test_cedar.py"}
"""Another engine before thousands of worlds: it sees what the others see, a minute later."""
PATIENCE = 600
SHORTEST = 20
"""In seconds of processor: of tests without a mutant at most, and of those with one at least."""

MODULES = (
    *(f"casework/charters/{one}.py" for one in (
        "decision", "gates", "terms", "condition", "walls", "rules", "sqlfilter", "facts",
        "worlds", "invariants", "checks", "limits")),
    "casework/cases/policy.py",
    "casework/cases/ceilings.py",
    "casework/cases/procedures/followup.py",
    "casework/cases/procedures/procedure.py",
    "casework/cases/procedures/answers.py",
)  # fmt: skip

_COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED = {
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr, ast.Add: ast.Sub,
    ast.Sub: ast.Add, ast.LShift: ast.RShift, ast.Mult: ast.Add,
}  # fmt: skip
_CALLED = {"All": "AnyOf", "AnyOf": "All", "any": "all", "all": "any", "min": "max", "max": "min"}
_LISTS = (ast.Tuple, ast.List, ast.Set)


class Mutant(NamedTuple):
    """One change: where it stands and how it reads."""

    path: str
    line: int
    was: str
    becomes: str
    source: str

    def __str__(self) -> str:
        """Return the line of the list of accepted mutants, without its reason."""
        return f"{self.path}\t{self.was}\t{self.becomes}"


def mutants(path: str) -> Iterator[Mutant]:
    """Yield every mutant of a module; two changes that read the same are one."""
    text = (ROOT / path).read_text("utf-8")
    known = {ast.unparse(ast.parse(text))}
    for number, _ in enumerate(_places(ast.parse(text))):
        tree = ast.parse(text)
        node, change = next(islice(_places(tree), number, None))
        was = ast.unparse(node)
        change()
        source = ast.unparse(tree)
        if source not in known:
            known.add(source)
            yield Mutant(path, getattr(node, "lineno", 0), was, ast.unparse(node), source)


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, Any]]:
    for node in _code(tree):
        yield from ((node, change) for change in _changes(node))


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs: no annotation, no import, no docstring."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "slice"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom):
                yield from _code(child)


def _changes(node: ast.AST) -> Iterator[Any]:
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_collections(node)


def _of_operators(node: ast.AST) -> Iterator[Any]:
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                if type(op) in _COMPARED:
                    yield lambda at=index, op=op: ops.__setitem__(at, _COMPARED[type(op)]())
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield lambda: setattr(node, "op", other)
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _COUNTED:
            yield lambda: setattr(node, "op", _COUNTED[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), operand))


def _of_conditions(node: ast.AST) -> Iterator[Any]:
    match node:
        case ast.Constant(value=bool(value)):
            yield lambda: setattr(node, "value", not value)
        case ast.Constant(value=int(value)):
            yield lambda: setattr(node, "value", value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield lambda: setattr(node.func, "id", _CALLED[name])
        case ast.Call(func=ast.Name(id="Is"), args=[told]):
            yield lambda: (
                setattr(node.func, "id", "Not"),
                setattr(node, "args", [ast.Call(ast.Name("Is"), [told], [])]),
            )
        case ast.If(test=test) | ast.IfExp(test=test):
            yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), test))


def _of_collections(node: ast.AST) -> Iterator[Any]:
    match node:
        case ast.comprehension(ifs=[_, *_]):
            yield node.ifs.clear
        case ast.Tuple() | ast.List() | ast.Set() if isinstance(
            getattr(node, "ctx", ast.Load()), ast.Load
        ):
            for index in range(len(node.elts)):
                yield lambda index=index: node.elts.pop(index)
        case ast.Dict(keys=keys):
            for index in range(len(keys)):
                yield lambda index=index: (node.keys.pop(index), node.values.pop(index))


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module as the mutant has it."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = mutant.path.removesuffix(".py").replace("/", ".")
        self._code = compile(mutant.source, mutant.path, "exec")

    def find_spec(self, fullname: str, *_: Any) -> Any:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=fullname)

    def exec_module(self, module: Any) -> None:
        exec(self._code, vars(module))  # noqa: S102 - our own code, changed in one place


@cache
def imported_by(path: str) -> frozenset[str]:
    """Return the files of ours that a file imports."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        match node:
            case ast.Import(names=found):
                names |= {one.name for one in found}
            case ast.ImportFrom(module=str(module), names=found):
                names |= {module} | {f"{module}.{one.name}" for one in found}
    places = (f"{name.replace('.', '/')}{end}" for name in names for end in (".py", "/__init__.py"))
    return frozenset(place for place in places if (ROOT / place).exists())


def tests_of(path: str) -> list[str]:
    """Return the tests that import a module, themselves or by what they share; its own first."""
    own = f"test_{Path(path).stem}"
    found = sorted(str(one.relative_to(ROOT)) for one in (ROOT / TESTS).rglob("test_*.py"))
    naming = [one for one in found if one not in LEFT_OUT and path in _named_by(one)]
    return sorted(naming, key=lambda one: not Path(one).stem.startswith(own))


def _named_by(test: str) -> frozenset[str]:
    imported = imported_by(test)
    shared = (imported_by(one) for one in imported if one.startswith("tests/"))
    return imported.union(*shared)


def survivors(found: list[Mutant], jobs: int, seconds: int) -> tuple[list[Mutant], float]:
    """Return the mutants with which every test passes, and the longest that one took.

    Some are tried at once, each in a child that has so many seconds of processor.
    """
    waiting, running, alive, longest = list(reversed(found)), {}, [], 0.0
    tests = {path: tests_of(path) for path in {mutant.path for mutant in found}}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            running[_child(mutant, tests[mutant.path], seconds)] = mutant
        child, status, spent = os.wait4(-1, 0)
        mutant, longest = running.pop(child), max(longest, spent.ru_utime + spent.ru_stime)
        alive += [mutant] if os.waitstatus_to_exitcode(status) == 0 else []
    return sorted(alive), longest


def _child(mutant: Mutant, tests: list[str], seconds: int) -> int:
    # This process has one thread: a child of several would wait for locks that nobody holds.
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os._exit(_passes(mutant, tests))
    return child


def _passes(mutant: Mutant, tests: list[str]) -> int:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.meta_path.insert(0, _Planted(mutant))
    # The same examples for each mutant, enough of them to meet every wall, and none made smaller.
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        max_examples=25,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )
    settings.load_profile("mutants")
    left_out = [f"-pno:{one}" for one in ("cacheprovider", "xdist", "unraisableexception")]
    plain = ["-x", "-q", "--noconftest", "--assert=plain", "--tb=no", "-Wignore", *left_out]
    # One file after another: what the nearest test sees is not looked for in the others.
    return next((1 for one in tests if pytest.main([*plain, one])), 0)


def accepted() -> dict[str, str]:
    """Return the mutants that change no decision, each with the reason."""
    lines = ACCEPTED.read_text("utf-8").splitlines() if ACCEPTED.exists() else []
    return {line.rpartition("\t")[0]: line.rpartition("\t")[2] for line in lines}


def main() -> int:
    """Run, and return 1 when a mutant that nobody accepted survives."""
    given = [one for one in sys.argv[1:] if one.endswith(".py")] or MODULES
    jobs = int(sys.argv[sys.argv.index("--jobs") + 1]) if "--jobs" in sys.argv else 2
    known, alive, all_of_them = accepted(), 0, 0
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for path in given:
        whole = (ROOT / path).read_text("utf-8")
        unchanged, took = survivors([Mutant(path, 0, "", "", whole)], jobs, PATIENCE)
        if not unchanged:
            sys.stdout.write(f"{path}: its tests fail without any mutant\n")
            return 2
        found = list(mutants(path))
        left, _ = survivors(found, jobs, max(SHORTEST, int(3 * took)))
        new = [one for one in left if str(one) not in known]
        alive, all_of_them = alive + len(new), all_of_them + len(found)
        sys.stdout.write(f"{path}: {len(found)} mutants, {len(left)} alive, {len(new)} new\n")
        sys.stdout.writelines(f"  line {one.line}\t{one}\n" for one in new)
        sys.stdout.flush()
    sys.stdout.write(f"{all_of_them} mutants, {alive} alive that nobody accepted\n")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
