"""Our own files, served from memory under the hash of their content, kept by browsers for ever."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request

from casework.web.guard import needs
from casework.web.permissions import Public

ROOT = Path(__file__).parent / "static"
# One request for the look; its parts are files that a person can read.
BUNDLES = {
    "casework.css": (
        *("tokens", "ground", "frame", "look", "data", "form"),
        *("cases", "keys", "room", "victims", "phone", "print"),
    )
}
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_EXTENSION = "casework.static"

pages = Blueprint("static_files", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file ready to be sent, plain and compressed."""

    kind: str
    digest: str
    plain: bytes
    zipped: bytes


def install(app: Flask) -> None:
    """Read the files once, serve them, and give templates `asset(name)`."""
    app.extensions[_EXTENSION] = read_assets(ROOT)
    app.register_blueprint(pages)
    app.add_template_global(asset)


def read_assets(root: Path) -> dict[str, Asset]:
    """Return every servable file below `root`, and the bundles, by their name."""
    found = {
        path.relative_to(root).as_posix(): _asset(path.suffix, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.suffix in _KINDS
    }
    for name, parts in BUNDLES.items():
        joined = b"\n".join((root / "css" / f"{part}.css").read_bytes() for part in parts)
        found[name] = _asset(Path(name).suffix, joined)
    return found


def asset(name: str) -> str:
    """Return the URL of a file: another content is another URL."""
    return f"/static/{_assets()[name].digest}/{name}"


@pages.get("/static/<digest>/<path:name>")
@needs(Public.STATIC)
def send(digest: str, name: str) -> Response:
    """Send a file; an old hash is a file that no longer exists."""
    wanted = _assets().get(name)
    if wanted is None or wanted.digest != digest:
        abort(404)
    zipped = request.accept_encodings["gzip"] > 0
    answer = Response(wanted.zipped if zipped else wanted.plain, mimetype=wanted.kind)
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _assets() -> dict[str, Asset]:
    assets: dict[str, Asset] = current_app.extensions[_EXTENSION]
    return assets


def _asset(suffix: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(_KINDS[suffix], digest, content, gzip.compress(content, mtime=0))
