# ruff: noqa: INP001 - a script, not a package
"""Fetches the vendored files named by a vendor.toml, checks them, and writes their sums beside it.

    python tools/vendor.py casework/web/static/vendor tests/browser/vendor

Needs npm, which only fetches and unpacks nothing. Neither is needed to install or to run.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

_SYMBOL = re.compile(r"<svg[^>]*>(?P<drawing>.*)</svg>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def main(folders: list[str]) -> None:
    """Bring every folder up to its vendor.toml."""
    for folder in map(Path, folders):
        wanted = tomllib.loads((folder / "vendor.toml").read_text())
        written = [path for package in wanted.values() for path in fetch(package, folder)]
        sums = (f"{sum_of(folder / path)}  {path}\n" for path in sorted(written))
        (folder / "SHA384SUMS").write_text("".join(sums))


def fetch(package: dict[str, Any], folder: Path) -> list[str]:
    """Write the wanted files of one package; return their paths below `folder`."""
    with tempfile.TemporaryDirectory() as place:
        pack = ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"]
        subprocess.run(pack, cwd=place, check=True, capture_output=True)  # noqa: S603 - pinned
        archive = next(Path(place).glob("*.tgz"))
        check(archive.read_bytes(), package["integrity"])
        with tarfile.open(archive) as tar:
            for target, source in package["files"].items():
                write(folder / target, read(tar, source))
            if "sprite" in package:
                write(folder / package["sprite"], sprite(tar, package))
    return [*package["files"], *([package["sprite"]] if "sprite" in package else [])]


def check(archive: bytes, integrity: str) -> None:
    """Refuse an archive whose sum is not the one we reviewed."""
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if f"sha512-{found}" != integrity:
        raise SystemExit("the archive is not the one that was reviewed")


def read(tar: tarfile.TarFile, name: str) -> bytes:
    """Return one file of an npm archive."""
    member = tar.extractfile(f"package/{name}")
    if member is None:
        raise SystemExit(f"no such file: {name}")
    return member.read()


def sprite(tar: tarfile.TarFile, package: dict[str, Any]) -> bytes:
    """Return one SVG holding the wanted icons as symbols, without any style attribute."""
    lines = [f"<!-- lucide {package['version']}, {package['licence']}: see LICENSE -->"]
    lines.append('<svg xmlns="http://www.w3.org/2000/svg">')
    for icon in package["icons"]:
        text = _COMMENT.sub("", read(tar, f"icons/{icon}.svg").decode())
        drawing = " ".join(_SYMBOL.search(text)["drawing"].split())
        lines.append(f'<symbol id="{icon}" viewBox="0 0 24 24">{drawing}</symbol>')
    return "\n".join([*lines, "</svg>", ""]).encode()


def write(path: Path, content: bytes) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def sum_of(path: Path) -> str:
    """Return the SHA-384 of a file."""
    return hashlib.sha384(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
