import hashlib
import tomllib
from pathlib import Path

import pytest

import casework.web

FOLDERS = [
    Path(casework.web.__file__).parent / "static" / "vendor",
    Path(__file__).parents[2] / "browser" / "vendor",
]


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA384SUMS").read_text().splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])
def test_vendored_files_are_the_reviewed_ones(folder: Path) -> None:
    for path, digest in sums(folder).items():
        assert hashlib.sha384((folder / path).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])
def test_every_vendored_file_is_declared_with_its_licence(folder: Path) -> None:
    wanted = tomllib.loads((folder / "vendor.toml").read_text())
    declared = {path for package in wanted.values() for path in package["files"]}
    declared |= {package["sprite"] for package in wanted.values() if "sprite" in package}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert present == declared | {"vendor.toml", "SHA384SUMS"}
    assert set(sums(folder)) == declared
    for package in wanted.values():
        assert package["integrity"].startswith("sha512-")
        assert package["licence"]
        assert any(path.endswith("LICENSE") for path in package["files"])


def test_the_sprite_holds_the_declared_icons_and_no_style() -> None:
    wanted = tomllib.loads((FOLDERS[0] / "vendor.toml").read_text())["lucide"]
    sprite = (FOLDERS[0] / wanted["sprite"]).read_text()
    assert all(f'<symbol id="{icon}"' in sprite for icon in wanted["icons"])
    assert "style=" not in sprite
