"""The QR code of a second factor, drawn in the page itself: no request, no style, no script."""

import io

import segno


def svg(uri: str) -> str:
    """Return `uri` as inline SVG, sized by attributes."""
    out = io.BytesIO()
    code = segno.make(uri, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=False, nl=False, scale=5, light="#fff")
    return out.getvalue().decode()
