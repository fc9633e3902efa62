"""What is compiled once in a process: each test builds its application and its engines anew."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from werkzeug.routing import Rule

from tests.spares import Spares


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


class _Kind(NamedTuple):
    """One kind of database: its dialect, and every statement compiled for it."""

    dialect: Dialect
    statements: Any


_COMPILED: Final = _Compiled()
_KINDS: Final[dict[type[Dialect], _Kind]] = {}
_STATEMENTS: Final = 10_000
Builder = Callable[..., tuple[str, str]]


def sharing_templates(app: Flask) -> Flask:
    """Let an application take what another has compiled from the same source."""
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def sharing_statements(create: Callable[..., Engine], spares: Spares) -> Callable[..., Engine]:
    """Let engines take what another of the same kind has compiled: a third of a test's time.

    SQLAlchemy keeps statements for a dialect, and each engine has its own. Connections of
    PostgreSQL are `spares`.
    """

    def created(*where: Any, **how: Any) -> Engine:
        engine = create(*where, query_cache_size=_STATEMENTS, **how)
        if engine.dialect.name == "postgresql":
            spares.lend_to(engine.dialect)
        own = _Kind(engine.dialect, engine._compiled_cache)
        known = _KINDS.setdefault(type(engine.dialect), own)
        # A dialect learns of its server at the first connection; until then it is nobody else's.
        if known.dialect.server_version_info:
            engine.dialect = engine.pool._dialect = known.dialect
            engine._compiled_cache = known.statements
        return engine

    return created


def sharing_builders(compile_builder: Callable[..., Builder]) -> Callable[..., Builder]:
    """Let routes take what the same route of another application has compiled: half its making.

    What fills in an address holds nothing of its application: it asks the route that it is given.
    """
    known: dict[tuple[object, ...], Builder] = {}

    def compiled(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        place = (append_unknown, *rule._trace)
        if place not in known:
            known[place] = compile_builder(rule, append_unknown)
        return known[place]

    return compiled
