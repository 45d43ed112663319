"""Imports go one way only: assistant, then vectorstore, then corpus."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ABOVE = {
    "corpus": {"vectorstore", "assistant", "tests"},
    "vectorstore": {"assistant", "tests"},
    "assistant": {"tests"},
}


def imported(module: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", ABOVE)
def test_no_module_imports_a_package_above_its_own(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert modules
    above = {m.name: imported(m) & ABOVE[package] for m in modules}
    assert above == {m.name: set() for m in modules}


@pytest.mark.parametrize("module", ["assistant.cli", "assistant.engine", "vectorstore.index"])
def test_importing_a_module_imports_no_neural_library(module: str) -> None:
    heavy = "{'torch', 'sentence_transformers', 'transformers', 'chromadb'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
