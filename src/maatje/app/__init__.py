"""Use cases: the order of the steps, the only place that opens a transaction; settings; the one clock."""
