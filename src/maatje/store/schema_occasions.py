"""The third schema: occasions, whom one spoke there, what was promised, and what came of it."""

from __future__ import annotations

from typing import Final

SCHEMA_3: Final = """
CREATE TABLE occasions(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL, begin INTEGER NOT NULL, ending INTEGER,
  zone TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', series TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT 'typed', origin TEXT NOT NULL DEFAULT '', all_day INTEGER NOT NULL DEFAULT 0,
  cost_hours REAL, cost_cents INTEGER, currency TEXT NOT NULL DEFAULT '', evening TEXT NOT NULL DEFAULT '',
  made_at INTEGER NOT NULL, thanked_at INTEGER) STRICT;
CREATE INDEX occasions_begin ON occasions(begin);
CREATE UNIQUE INDEX occasions_origin ON occasions(origin) WHERE origin <> '';
CREATE TABLE figures(
  occasion_id INTEGER NOT NULL REFERENCES occasions(id) ON DELETE CASCADE, place INTEGER NOT NULL,
  name TEXT NOT NULL, part TEXT NOT NULL, contact_id INTEGER REFERENCES contacts(id) ON DELETE SET NULL,
  PRIMARY KEY(occasion_id, place)) STRICT, WITHOUT ROWID;
CREATE TABLE guests(
  id INTEGER PRIMARY KEY AUTOINCREMENT, occasion_id INTEGER NOT NULL REFERENCES occasions(id) ON DELETE CASCADE,
  name TEXT NOT NULL, organisation TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
  mail TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  contact_id INTEGER REFERENCES contacts(id) ON DELETE SET NULL, said INTEGER NOT NULL DEFAULT 0,
  dropped INTEGER NOT NULL DEFAULT 0, wanted INTEGER NOT NULL DEFAULT 0, added_at INTEGER NOT NULL) STRICT;
CREATE INDEX guests_occasion ON guests(occasion_id);
CREATE INDEX guests_contact ON guests(contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE guest_candidates(
  guest_id INTEGER NOT NULL REFERENCES guests(id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  chance REAL NOT NULL, PRIMARY KEY(guest_id, contact_id)) STRICT, WITHOUT ROWID;
CREATE TABLE encounters(
  id INTEGER PRIMARY KEY, occasion_id INTEGER NOT NULL REFERENCES occasions(id) ON DELETE CASCADE,
  guest_id INTEGER REFERENCES guests(id) ON DELETE SET NULL,
  contact_id INTEGER REFERENCES contacts(id) ON DELETE CASCADE, name TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
  memory TEXT NOT NULL DEFAULT '', interaction_id INTEGER REFERENCES interactions(id) ON DELETE SET NULL) STRICT;
CREATE INDEX encounters_occasion ON encounters(occasion_id);
CREATE TABLE taps(
  id TEXT PRIMARY KEY, occasion_id INTEGER NOT NULL REFERENCES occasions(id) ON DELETE CASCADE,
  guest_id INTEGER, at INTEGER NOT NULL, came_at INTEGER NOT NULL, tap TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE promises(
  id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  whose TEXT NOT NULL, text TEXT NOT NULL, made_at INTEGER NOT NULL, due INTEGER,
  occasion_id INTEGER REFERENCES occasions(id) ON DELETE SET NULL, done_at INTEGER) STRICT;
CREATE INDEX promises_contact ON promises(contact_id);
CREATE TABLE introductions(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, via_id INTEGER REFERENCES contacts(id) ON DELETE CASCADE,
  to_id INTEGER REFERENCES contacts(id) ON DELETE CASCADE, other_id INTEGER REFERENCES contacts(id) ON DELETE CASCADE,
  to_name TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
  occasion_id INTEGER REFERENCES occasions(id) ON DELETE SET NULL) STRICT;
CREATE TABLE coffees(
  id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  uid TEXT NOT NULL UNIQUE, begin INTEGER NOT NULL, ending INTEGER NOT NULL, place TEXT NOT NULL DEFAULT '',
  sequence INTEGER NOT NULL DEFAULT 0, made_at INTEGER NOT NULL) STRICT;
CREATE TABLE faces(
  contact_id INTEGER PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE, due INTEGER NOT NULL,
  card TEXT NOT NULL) STRICT;
CREATE TABLE yields(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, direction TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,
  occasion_id INTEGER REFERENCES occasions(id) ON DELETE SET NULL, worth_cents INTEGER,
  currency TEXT NOT NULL DEFAULT '', worth_word TEXT NOT NULL DEFAULT '', made_at INTEGER NOT NULL) STRICT;
CREATE TABLE yield_contacts(
  yield_id INTEGER NOT NULL REFERENCES yields(id) ON DELETE CASCADE, place INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  PRIMARY KEY(yield_id, place)) STRICT, WITHOUT ROWID;
CREATE INDEX yield_contacts_contact ON yield_contacts(contact_id);
CREATE TABLE experiments(
  id INTEGER PRIMARY KEY, begun_at INTEGER NOT NULL, horizon_at INTEGER NOT NULL, question TEXT NOT NULL,
  seed INTEGER NOT NULL, watch_days INTEGER NOT NULL, worth_knowing REAL NOT NULL, stopped_at INTEGER) STRICT;
CREATE TABLE lots(
  experiment_id INTEGER NOT NULL REFERENCES experiments(id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE, at INTEGER NOT NULL,
  stratum TEXT NOT NULL, block INTEGER NOT NULL, place INTEGER NOT NULL, is_held INTEGER NOT NULL,
  expected REAL NOT NULL, PRIMARY KEY(experiment_id, contact_id)) STRICT, WITHOUT ROWID;
"""
"""
Occasions and what came of them. A guest's ``contact_id`` is set where they are known, by an equal key or
because the user ``said`` so (also "nobody I know": said, without a contact); ``guest_candidates`` is who
they may be. ``thanked_at``: when the user said that the host was thanked. ``taps`` are what a telephone
delivered, each once, as it was sent. ``faces`` keeps the schedule of the self-test of names; no score.
"""
