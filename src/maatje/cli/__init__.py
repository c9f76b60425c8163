"""The command line: parse, call a use case, show; exit codes 0 done, 1 problems told, 2 asked wrongly, 3 we are wrong."""
