"""The command line: parse, call a use case, show. Exit codes: 0 done, 1 problems, 2 asked wrongly, 3 our fault."""
