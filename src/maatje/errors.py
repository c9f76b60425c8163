"""
Everything maatje raises on purpose, drawn as one tree.

    MaatjeError
    ├── UserError                  asked wrongly: shown as one sentence, exit code 2
    │   ├── PathError              a path that is not there or may not be read
    │   ├── UnknownNameError       nobody by that name
    │   ├── AmbiguousNameError     several people by that name, listed
    │   └── SettingError           a setting or option outside its bounds
    ├── StoreError                 the file on disk cannot be used: shown, exit code 2
    │   ├── NewerSchemaError       written by a newer maatje
    │   ├── StoreBusyError         another process holds the file too long
    │   ├── DiskFullError          no room left; nothing was lost
    │   └── NotOurFileError        not a store of ours, or damaged
    ├── FormatError                (ValueError) a file or record breaks the rules of its format
    └── ParameterError             (ValueError) a number outside its domain: we are wrong

Bad records never raise past a source: they are ``model.record.Problem`` values.

A message is English with ``{named}`` places, so that an edge can say it in another language.
"""

from __future__ import annotations

from collections.abc import Sequence


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated elsewhere"
    """Marks a text for the catalogue."""
    return text


class MaatjeError(Exception):
    """
    The root: catch this to catch all that maatje raises on purpose.

    ``template`` is the English message with ``{named}`` places, ``values`` what stands in them;
    ``str()`` is both together.
    """

    def __init__(self, template: str = "", /, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values) if values else template)


class UserError(MaatjeError):
    """What was asked cannot be done as asked; the message is a plain sentence."""


class PathError(UserError):
    """A path that does not exist, or that may not be read or written; ``detail`` is what the system says."""

    def __init__(self, path: str, reason: str, detail: str = "") -> None:
        self.path = path
        self.reason = reason
        if detail:
            super().__init__("{path}: {reason} ({detail})", path=path, reason=reason, detail=detail)
        else:
            super().__init__("{path}: {reason}", path=path, reason=reason)


class UnknownNameError(UserError):
    """Nobody answers to this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("Nobody here answers to “{name}”."), name=name)


class AmbiguousNameError(UserError):
    """Several people answer to this name; the candidates are listed with their ids."""

    def __init__(self, name: str, candidates: Sequence[tuple[int, str]]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        listed = ", ".join(f"{label} (#{contact_id})" for contact_id, label in self.candidates)
        super().__init__(
            N_("“{name}” may be any of these: {listed}. Say #number, or more of the name."), name=name, listed=listed
        )


class SettingError(UserError):
    """A setting or option outside what it can be."""


class StoreError(MaatjeError):
    """The store cannot be used as it is; nothing in it was changed."""


class NewerSchemaError(StoreError):
    """The store was written by a newer maatje than this one."""

    def __init__(self, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            N_(
                "This file was written by a newer maatje (schema {found}, this one knows {known}). "
                "It was left untouched: install the newer version."
            ),
            found=str(found),
            known=str(known),
        )


class StoreBusyError(StoreError):
    """Another maatje kept the file for too long."""

    def __init__(self) -> None:
        super().__init__(N_("Another maatje is writing to this file. Nothing was changed; try again in a moment."))


class DiskFullError(StoreError):
    """The disk is full; what was being written was taken back."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The disk is full. What was being written was taken back and nothing is lost; "
                "make room and give the same command again."
            )
        )


class NotOurFileError(StoreError):
    """The file is damaged, or was not made by maatje."""


class FormatError(MaatjeError, ValueError):
    """A file or record breaks the rules of its format; the message quotes no content."""


class ParameterError(MaatjeError, ValueError):
    """A number outside its domain: a fault of ours, not of the data."""
