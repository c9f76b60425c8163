"""Who is who: pure functions over records; no store, no clock, no input or output."""
