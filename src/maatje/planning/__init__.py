"""Whom, when, and whether at all: worth, restraint and the week; pure, with the clock as an argument."""
