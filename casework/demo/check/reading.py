"""Reads a page as a browser would."""

from html.parser import HTMLParser
from typing import Final

from casework.demo.check.page import Form, Page, plain

_UNSEEN: Final = frozenset({"script", "style", "template"})
_TICKS: Final = frozenset({"radio", "checkbox"})
_BUTTONS: Final = frozenset({"submit", "button", "image", "reset"})


def read_page(status: int, url: str, html: str) -> Page:
    """Return a page read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        status=status,
        url=url,
        html=html,
        title=_plain(reader.title),
        text=_plain(reader.words),
        links=tuple((href, _plain(said)) for href, said in reader.links),
        options=tuple((value, _plain(said)) for value, said in reader.options),
        rows=tuple(map(_plain, reader.rows)),
        forms=tuple(reader.forms),
    )


def _plain(words: list[str]) -> str:
    return plain("".join(words))


class _Reader(HTMLParser):
    """Collects as it goes; one form, one link, one select at a time, as in our pages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.title: list[str] = []
        self.links: list[tuple[str, list[str]]] = []
        self.options: list[tuple[str, list[str]]] = []
        self.rows: list[list[str]] = []
        self.forms: list[Form] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        match tag:
            case "a":
                self.links.append((given.get("href", ""), []))
            case "form":
                self._form = Form(given.get("action", ""), given.get("method", "get"))
                self.forms.append(self._form)
            case "tr":
                self.rows.append([])
            case "input":
                self._open.pop()
                self._input(given)
            case "select":
                self._begin_select(given)
            case "option":
                self._option(given)
            case "textarea":
                self._area = (given.get("name", ""), [])
            case "br" | "meta" | "link" | "img" | "hr" | "use" | "path":
                self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._area and self._form:
            name, typed = self._area
            # HTML drops the first line break of a text area.
            self._form.values[name] = ["".join(typed).removeprefix("\n")]
            self._area = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        self.words.append(" ")
        if self.rows:
            self.rows[-1].append(" ")

    def handle_data(self, data: str) -> None:
        """Keep words where they stand."""
        if self._open and self._open[-1] in _UNSEEN:
            return
        if self._area:
            self._area[1].append(data)
        if "title" in self._open:
            self.title.append(data)
        if self._form is not None:
            self._form.words += data
        if "tr" in self._open:
            self.rows[-1].append(data)
        if "a" in self._open and self.links:
            self.links[-1][1].append(data)
        if "option" in self._open and self.options:
            self.options[-1][1].append(data)
        self.words.append(data)

    def _input(self, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if self._form is None or not name or kind in _BUTTONS:
            return
        value = given.get("value", "on" if kind in _TICKS else "")
        if kind in _TICKS:
            self._form.offered.setdefault(name, []).append(value)
        if kind not in _TICKS or "checked" in given:
            self._form.values.setdefault(name, []).append(value)

    def _begin_select(self, given: dict[str, str]) -> None:
        self._select = given.get("name", "")
        if self._form is not None:
            self._form.offered[self._select] = []
            self._form.values[self._select] = [""]

    def _option(self, given: dict[str, str]) -> None:
        self.options.append((given.get("value", ""), []))
        if self._form is not None and self._select:
            value = given.get("value", "")
            self._form.offered[self._select].append(value)
            if "selected" in given:
                self._form.values[self._select] = [value]
