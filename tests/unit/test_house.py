"""The shape of the house: sizes, one clock, words on every public name and every test."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "maatje"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
LONG_ON_PURPOSE: dict[str, int] = {}
"""Functions longer than the limit, each with its length and a reason in the code."""

FORBIDDEN = re.compile(
    r"p[y]pi\.org|python[h]osted|npm[j]s\.(org|com)|deb\.d[e]bian|/r[o]ot/|/w[o]rk/|/f[a]rm/", re.IGNORECASE
)


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_stay_short() -> None:
    """No module is longer than four hundred lines."""
    long = {_name(path): lines for path in MODULES if (lines := len(path.read_text().splitlines())) > LONGEST_MODULE}
    assert long == {}


def test_functions_stay_short() -> None:
    """No function is longer than fifty lines, but for those that say why."""
    long = {
        f"{_name(path)}:{node.name}": size
        for path in MODULES
        for node in _functions(ast.parse(path.read_text()))
        if (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == LONG_ON_PURPOSE


def test_one_clock() -> None:
    """The present is asked for in one module only; everywhere else it is an argument."""
    asking = re.compile(r"\btime\.time\(|\bdatetime\.now\(|\bdate\.today\(|\butcnow\(|\bperf_counter\(|\bmonotonic\(")
    found = [_name(path) for path in MODULES if asking.search(path.read_text())]
    assert found == ["src/maatje/app/clock.py"]


def test_nothing_can_be_sent() -> None:
    """No module of the product can send mail: there is nothing to do it with."""
    sending = re.compile(r"\bsmtplib\b|\bnntplib\b|\btelnetlib\b|\bftplib\b")
    assert [_name(path) for path in MODULES if sending.search(path.read_text())] == []


def test_public_names_are_explained() -> None:
    """Every public module, class and function of the product says what it is for."""
    silent = []
    for path in MODULES:
        tree = ast.parse(path.read_text())
        if not ast.get_docstring(tree):
            silent.append(_name(path))
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node):
                silent.append(f"{_name(path)}:{node.name}")
    assert silent == []


def test_every_test_says_its_promise() -> None:
    """Every test has a sentence that says what it promises."""
    silent = [
        f"{_name(path)}:{node.name}"
        for path in TESTS
        for node in _functions(ast.parse(path.read_text()))
        if node.name.startswith("test") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_addresses_of_machines_or_registries() -> None:
    """No committed file names a package registry's host or a path of somebody's machine."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing to list")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = []
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".svg"}:
            continue
        if FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(name)
    assert found == []


def test_unfinished_business_is_no_comment() -> None:
    """No note of work to be done lies in the code: it is an issue, or it is done."""
    notes = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [_name(path) for path in MODULES if notes.search(path.read_text())] == []
