"""Fill the output blocks of docs/tutorial.md from the real program: python /tmp/maatje/tutorial.py (in the repo root)."""
import os, re, shlex, shutil, subprocess, tempfile
from pathlib import Path
ROOT = Path("/work/main"); BIN = ROOT / ".venv/bin/maatje"
home = Path(tempfile.mkdtemp()); env = {**os.environ, "MAATJE_HOME": str(home), "COLUMNS": "88", "TZ": "Europe/Amsterdam"}
NOW = "2026-06-09T08:00:00Z"
def run(command: str) -> str:
    words = shlex.split(command)
    if words == ["demo"]:
        words = ["demo", "--no-serve"]
    else:
        words = ["--home", str(home / "demo"), "--now", NOW, "--lang", "en", *words]
    done = subprocess.run([str(BIN), *words], env=env, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout.replace(str(home), "~/.local/share/maatje").rstrip()
def trim(text: str, command: str) -> str:
    lines = text.split("\n")
    if command == "aside":
        lines = [*lines[:14], "     …"]
    return "\n".join(lines)
page = ROOT / "docs/tutorial.md"; text = page.read_text()
def fill(found: re.Match) -> str:
    command = found[1]
    if command.startswith("undo"):
        run('remember "Joost Wiersma" "Plays the accordion, but only in tunnels."'); run('circle "Corrie Zwart" none')
    return f"<!-- output: {command} -->\n```\n{trim(run(command), command)}\n```"
page.write_text(re.sub(r"<!-- output: (.*?) -->\n```\n.*?```", fill, text, flags=re.S))
shutil.rmtree(home)
