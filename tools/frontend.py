"""
Fetch the front-end files at build time, so that none of them is committed.

They travel inside wheels of the package index, pinned by hash in the requirements file; nothing
of those wheels is installed or run. Reads the index that pip is set up with; writes two files;
safe to repeat.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WANTED = {
    "django_htmx/static/django_htmx/htmx-2.min.js": Path("src/maatje/web/static/vendor/htmx.min.js"),
    "axe_playwright_python/axe.min.js": Path("tests/web/vendor/axe.min.js"),
}


def main(requirements: str) -> None:
    """Download the pinned wheels without their dependencies and unpack the wanted members."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", requirements, "-d", folder], check=True)
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                for member, target in WANTED.items():
                    if member in archive.namelist():
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(archive.read(member))
    missing = [str(target) for target in WANTED.values() if not target.is_file()]
    if missing:
        sys.exit("front-end files not found in their wheels: " + ", ".join(missing))


if __name__ == "__main__":
    main(sys.argv[1])
