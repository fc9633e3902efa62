"""PDFs built anew, page by page: nothing goes over but what a page shows.

What is not known to be drawn is left out: actions, scripts, files, forms, links, what was said of
the document. Forms and remarks are first drawn into their page, so that no word of it is lost.
"""

import io
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from casework.documents.cleaning.expanding import Allowance
from casework.documents.cleaning.photographs import without_metadata
from casework.documents.cleaning.unclean import Unclean
from casework.documents.values import Refusal

MOST_PAGES: Final = 300
MOST_OBJECTS: Final = 100_000

_OF_PAGE: Final = frozenset(
    {"/Contents", "/CropBox", "/Group", "/MediaBox", "/Parent", "/Resources", "/Rotate", "/Type",
     "/UserUnit"}
)  # fmt: skip
# Wherever they stand: what acts, leads outside, carries a file, or tells of the document.
_NEVER: Final = (
    "/A", "/AA", "/AF", "/Alternates", "/Annots", "/DPartRoot", "/EF", "/FDecodeParms", "/FFilter",
    "/JS", "/LastModified", "/Measure", "/Metadata", "/OPI", "/OpenAction", "/PieceInfo",
    "/PtData", "/Ref", "/RichMediaContent", "/StructParent", "/StructParents", "/URI", "/XFA",
)  # fmt: skip


def rewritten_paper(content: bytes) -> bytes:
    """Return a PDF of the same pages and nothing else. Raises `Unclean`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as given, Pdf.new() as made:
            _check(given)
            _draw_forms(given)
            for page in given.pages:
                _bare(page.obj)
                made.pages.append(page)
            _keep_layers(given, made)
            _scrub(made)
            return _saved(made)
    except pikepdf.PasswordError:
        raise Unclean(Refusal.ENCRYPTED) from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError):
        raise Unclean(Refusal.DAMAGED) from None


def _check(given: Pdf) -> None:
    if given.is_encrypted:
        raise Unclean(Refusal.ENCRYPTED)
    if len(given.objects) > MOST_OBJECTS:
        raise Unclean(Refusal.EXPANDS)
    if not 0 < len(given.pages) <= MOST_PAGES:
        raise Unclean(Refusal.PAGES if len(given.pages) else Refusal.DAMAGED)
    if given.Root.get(Name.NeedsRendering):
        raise Unclean(Refusal.FORM)
    allowance = Allowance()
    for one in given.objects:
        if isinstance(one, Stream):
            allowance.take(one)


def _draw_forms(given: Pdf) -> None:
    """Draw fields and remarks into their pages, as they are seen."""
    given.generate_appearance_streams()
    given.flatten_annotations("screen")


def _bare(page: Object) -> None:
    for key in set(page.keys()) - _OF_PAGE:
        del page[key]


def _keep_layers(given: Pdf, made: Pdf) -> None:
    """Keep which layers are seen: one that was hidden stays so."""
    layers = given.Root.get(Name.OCProperties)
    if isinstance(layers, Dictionary) and layers.is_indirect:
        made.Root.OCProperties = made.copy_foreign(layers)
    elif isinstance(layers, Dictionary):
        made.Root.OCProperties = made.copy_foreign(given.make_indirect(layers))


def _scrub(made: Pdf) -> None:
    """Take out of every object, and of what stands within it, what is never kept."""
    for one in made.objects:
        waiting = [one]
        while waiting:
            current = waiting.pop()
            if isinstance(current, Dictionary | Stream):
                _take_out(current)
                inner = [current[key] for key in current.keys()]  # noqa: SIM118 - no Python dict
            elif isinstance(current, pikepdf.Array):
                inner = list(current)
            else:
                continue
            waiting += [each for each in inner if _stands_within(each)]


def _stands_within(value: object) -> bool:
    return isinstance(value, Dictionary | pikepdf.Array) and not value.is_indirect


def _take_out(current: Object) -> None:
    for key in _NEVER:
        if key in current:
            del current[key]
    if isinstance(current, Stream):
        if Name.F in current:
            del current[Name.F]
        _bare_photograph(current)


def _bare_photograph(stream: Stream) -> None:
    if stream.get(Name.Filter) == Name.DCTDecode:
        parameters: Any = stream.get(Name.DecodeParms)
        raw = without_metadata(stream.read_raw_bytes())
        stream.write(raw, filter=Name.DCTDecode, decode_parms=parameters)


def _saved(made: Pdf) -> bytes:
    for key in ("/Info", "/ID"):
        if key in made.trailer:
            del made.trailer[key]
    whole = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(
        whole,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        recompress_flate=True,
        deterministic_id=True,
    )
    return whole.getvalue()
