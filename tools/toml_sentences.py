"""
Lets the catalogue's extractor read sentences out of a TOML file: a Babel extraction method.

In ``babel.cfg``::

    [extractors]
    manners = toml_sentences:extract

    [manners: planning/manners.toml]
    fields = name first thanks enough

with ``tools`` on PYTHONPATH. Every listed field of every table becomes a message.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO


def extract(
    stream: IO[bytes], keywords: object, comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str, str, Sequence[str]]]:
    """
    The messages of one TOML file, as Babel wants them: line, function, message, comments.

    Args:
        stream: the file.
        keywords, comment_tags: Babel's, not used.
        options: ``fields`` names the fields that are sentences, separated by spaces.
    """
    wanted = options.get("fields", "").split()
    text = stream.read().decode("utf-8")
    lines = text.splitlines()
    for table in tomllib.loads(text).values():
        for field in wanted:
            message = table.get(field, "")
            if message:
                line = next((n for n, line in enumerate(lines, 1) if message in line), 1)
                yield line, "N_", message, []
