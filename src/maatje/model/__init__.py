"""The nouns: frozen records of the standard library only; no clock, no input or output."""
