"""The tools that people run without the project, loaded as the files they are."""

import importlib.util
import io
import json
import sys
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

TOOLS: Final = Path(__file__).parents[1] / "tools"
VERIFIER: Final = TOOLS / "casework-verify.py"


@cache
def loaded(path: Path) -> ModuleType:
    """Return a tool as a module, whatever its file is called."""
    name = path.stem.replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def checked(export: Path, *words: str | Path) -> tuple[int, dict[str, Any]]:
    """Run the offline verifier; return its exit code and its report."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = loaded(VERIFIER).main([str(export), *map(str, words), "--json"])
    return code, json.loads(said.getvalue())
