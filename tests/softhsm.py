"""Tokens of SoftHSM for the tests: made once for a run, in a folder of their own."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from pkcs11 import Attribute, KeyType, ObjectClass

PIN: Final = "invented-pin"
TOKEN: Final = "casework tests"
_PLACES: Final = ("softhsm", "x86_64-linux-gnu/softhsm", "aarch64-linux-gnu/softhsm")


def module() -> Path:
    """Return the library of Debian's softhsm2."""
    found = [Path("/usr/lib") / place / "libsofthsm2.so" for place in _PLACES]
    return next(path for path in found if path.exists())


def make_token(folder: Path) -> Path:
    """Make a token, tell this process where it is, and return the file of its PIN.

    The library reads its settings once in a process: call it once in a run.
    """
    (folder / "tokens").mkdir(mode=0o700)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    tool = shutil.which("softhsm2-util")
    assert tool is not None
    words = ["--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", f"so-{PIN}"]
    subprocess.run([tool, *words], check=True, capture_output=True)  # noqa: S603 - our words
    pin = folder / "pin"
    pin.write_text(f"{PIN}\n")
    pin.chmod(0o600)
    return pin


def import_key(session: Any, label: str, version: int, raw: bytes, **changed: object) -> None:
    """Put a known key in the token, which our own code never does."""
    usual = {
        "CLASS": ObjectClass.SECRET_KEY,
        "KEY_TYPE": KeyType.AES,
        "TOKEN": True,
        "PRIVATE": True,
        "SENSITIVE": True,
        "EXTRACTABLE": False,
        "ENCRYPT": True,
        "DECRYPT": True,
        "LABEL": label,
        "ID": version.to_bytes(4, "big"),
        "VALUE": raw,
    }
    session.create_object({Attribute[name]: one for name, one in {**usual, **changed}.items()})
