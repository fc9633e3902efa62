"""PDF: the words that come with the service, laid out for a window envelope by WeasyPrint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

from jinja2 import Environment, StrictUndefined
from weasyprint import CSS, HTML

from casework.letters.fields import LetterField
from casework.letters.kinds import LetterKind
from casework.letters.wording import Wording, read_wording

_HERE: Final = Path(__file__).parent


def check(content: bytes, known: frozenset[LetterField]) -> frozenset[LetterField]:  # noqa: ARG001 - of every format alike
    """Return what the words name: they are ours, and nobody brings others."""
    return known


def render(content: bytes, kind: LetterKind, fields: Mapping[LetterField, str]) -> bytes:  # noqa: ARG001 - of every format alike
    """Return the pages; nothing is fetched, not even from this machine."""
    wording = read_wording(content.decode("utf-8")).filled(fields)
    html = HTML(string=_page(wording, fields), url_fetcher=_fetch_nothing)
    style = (_HERE / "paper.css").read_text(encoding="utf-8")
    made = html.write_pdf(stylesheets=[CSS(string=style, url_fetcher=_fetch_nothing)])
    return bytes(made or b"")


def _page(wording: Wording, fields: Mapping[LetterField, str]) -> str:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    layout = environment.from_string((_HERE / "paper.html").read_text(encoding="utf-8"))
    said = {name.name.lower(): fields.get(name, "") for name in LetterField}
    return layout.render(wording=wording, said=said)


def _fetch_nothing(url: str) -> NoReturn:  # noqa: ARG001 - WeasyPrint names it
    raise ValueError("nothing is fetched")
