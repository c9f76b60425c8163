"""``python -m maatje``: the same as the command."""

from maatje.cli.main import run

if __name__ == "__main__":
    run()
