"""maatje: the quiet upkeep of old contacts, from what already lies on your disk."""

__version__ = "0.1.0"
