"""Imports go one way only: the app's views, then assistant, then vectorstore, then corpus."""

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
    """The full names of all that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def packages(module: Path) -> set[str]:
    """The top-level packages that a module imports."""
    return {name.split(".")[0] for name in imported(module)}


@pytest.mark.parametrize("package", ABOVE)
def test_no_module_imports_a_package_above_its_own(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert modules
    above = {m: packages(m) & ABOVE[package] for m in modules}
    assert above == {m: set() for m in modules}


def below_the_views() -> list[Path]:
    """The modules of the assistant that must work without the app."""
    folder = ROOT / "assistant"
    return [
        module
        for module in folder.rglob("*.py")
        if not module.is_relative_to(folder / "views") and module != folder / "app.py"
    ]


def test_nothing_but_the_app_imports_its_views() -> None:
    views = {
        module: {name for name in imported(module) if f"{name}.".startswith("assistant.views.")}
        for module in below_the_views()
    }
    assert views == {module: set() for module in below_the_views()}


def test_only_the_app_and_the_command_that_starts_it_import_streamlit() -> None:
    importing = [module.name for module in below_the_views() if "streamlit" in packages(module)]
    assert importing == ["cli.py"]


@pytest.mark.parametrize("module", ["assistant.cli", "assistant.engine", "vectorstore.index"])
def test_importing_a_module_imports_no_neural_library(module: str) -> None:
    heavy = "{'torch', 'sentence_transformers', 'transformers', 'chromadb'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
