"""Files that are two things at once, told by what a second reader looks for."""

import io
import zipfile


def hides_another(content: bytes) -> bool:
    """Say whether a file also opens as an archive, whose directory is read from the end."""
    return zipfile.is_zipfile(io.BytesIO(content))
