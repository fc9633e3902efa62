"""Images decoded and drawn anew: of what came in, only what the eye sees is left."""

import io
import warnings
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from casework.documents.cleaning.unclean import Unclean
from casework.documents.values import DocumentKind, Refusal

MOST_PIXELS: Final = 40_000_000
"""Points that are decoded at most: a page of A3 at 500 per inch."""

_FORMATS: Final = MappingProxyType({DocumentKind.JPEG: "JPEG", DocumentKind.PNG: "PNG"})
_SAVED: Final[Mapping[DocumentKind, Mapping[str, Any]]] = MappingProxyType(
    {DocumentKind.JPEG: {"quality": 85}, DocumentKind.PNG: {"compress_level": 6}}
)
_GREY: Final = frozenset({"1", "L"})
_CLEAR: Final = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})


def rewritten_image(content: bytes, kind: DocumentKind) -> bytes:
    """Return an image upright and bare: no place, date, device, thumbnail, comment or profile.

    Raises `Unclean` for too many points, and for what does not decode whole.
    """
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _drawn(content, kind)
        except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
            raise Unclean(Refusal.DAMAGED) from None


def _drawn(content: bytes, kind: DocumentKind) -> bytes:
    with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Unclean(Refusal.PIXELS)
        seen = _in_plain_colours(ImageOps.exif_transpose(opened))
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    made = io.BytesIO()
    bare.save(made, _FORMATS[kind], **_SAVED[kind])
    return made.getvalue()


def _in_plain_colours(seen: Image.Image) -> Image.Image:
    if seen.mode.startswith("I"):  # sixteen bits of grey, of which eight are kept
        return seen.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if seen.mode in _CLEAR or "transparency" in seen.info:
        return seen.convert("RGBA")
    return seen.convert("L" if seen.mode in _GREY else "RGB")
