"""The store: one SQLite file, its schema and migrations, one module per table group; all SQL of maatje lives here."""
