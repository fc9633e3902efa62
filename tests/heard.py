"""What a page says: its texts, and the attributes that are read aloud."""

from html.parser import HTMLParser

READ_ALOUD = frozenset({"alt", "aria-label", "data-label", "placeholder", "title"})
_SILENT = frozenset({"script", "style"})


class _Ear(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.words += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def words_of(markup: str) -> list[str]:
    """Return the texts of a page one by one, as they are written; blank ones are left out."""
    ear = _Ear()
    ear.feed(markup)
    ear.close()
    return [text for text in ear.words if text.strip()]
