"""Files that are saved, and never shown here: a browser that opens one runs nothing of it."""

from flask import Response


def to_save(content: bytes, filename: str, mimetype: str) -> Response:
    """Return a file under a plain ASCII name; it runs no script, sends no form, frames nothing."""
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    return answer
