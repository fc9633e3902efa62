"""What every answer tells the browser: run our scripts, keep nothing, tell nobody."""

from base64 import b64encode
from typing import cast

from flask import Flask, Response, current_app, g

from casework.entropy import Entropy

_EXTENSION = "casework.headers"
_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def install(app: Flask, entropy: Entropy, *, secure: bool) -> None:
    """Add the headers to every answer; `secure` adds HSTS, for services behind HTTPS."""
    app.extensions[_EXTENSION] = entropy
    app.add_template_global(csp_nonce)

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        # A file to save has a stricter one of its own.
        response.headers.setdefault("Content-Security-Policy", _policy(g.get("csp_nonce")))
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response


def csp_nonce() -> str:
    """Return this answer's nonce, made when first asked: a page that asks for none runs none."""
    if "csp_nonce" not in g:
        entropy: Entropy = current_app.extensions[_EXTENSION]
        g.csp_nonce = b64encode(entropy.bytes(18)).decode()
    return cast("str", g.csp_nonce)


def _policy(nonce: str | None) -> str:
    scripts = f"'nonce-{nonce}'" if nonce else "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types htmx",
        )
    )
