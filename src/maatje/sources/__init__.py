"""The formats maatje reads: one module each, sniffed by content, bad records told as problems."""
