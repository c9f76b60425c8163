-- Schema 3 as released: frozen; a store made from it must still open.
PRAGMA application_id = 1298232426;
PRAGMA user_version = 3;
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE sources(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, format TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0, mtime_ns INTEGER NOT NULL DEFAULT 0, head BLOB,
  done_to INTEGER NOT NULL DEFAULT 0, is_complete INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0, problems INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER, last_at INTEGER, added_at INTEGER NOT NULL) STRICT;
CREATE TABLE source_items(
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, name TEXT NOT NULL,
  PRIMARY KEY(source_id, name)) STRICT, WITHOUT ROWID;
CREATE TABLE problems(
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  place TEXT NOT NULL, message TEXT NOT NULL, UNIQUE(source_id, place, message)) STRICT;

CREATE TABLE contacts(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', name_rank INTEGER NOT NULL DEFAULT 0,
  circle INTEGER, leave_alone INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE handles(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL,
  contact_id INTEGER REFERENCES contacts(id) ON DELETE SET NULL,
  is_me INTEGER NOT NULL DEFAULT 0, automaton TEXT NOT NULL DEFAULT '', kept INTEGER NOT NULL DEFAULT 0,
  replies INTEGER NOT NULL DEFAULT 0, UNIQUE(kind, value)) STRICT;
CREATE INDEX handles_contact ON handles(contact_id);
CREATE INDEX handles_me ON handles(is_me) WHERE is_me = 1;
CREATE TABLE handle_names(
  handle_id INTEGER NOT NULL REFERENCES handles(id) ON DELETE CASCADE, name TEXT NOT NULL, seen INTEGER NOT NULL,
  PRIMARY KEY(handle_id, name)) STRICT, WITHOUT ROWID;

CREATE TABLE cards(
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  native_id TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', birthday TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', revised INTEGER, body TEXT NOT NULL, photo BLOB) STRICT;
CREATE INDEX cards_native ON cards(native_id) WHERE native_id <> '';
CREATE TABLE card_handles(
  card_id INTEGER NOT NULL REFERENCES cards(id) ON DELETE CASCADE,
  handle_id INTEGER NOT NULL REFERENCES handles(id) ON DELETE CASCADE,
  PRIMARY KEY(card_id, handle_id)) STRICT, WITHOUT ROWID;
CREATE INDEX card_handles_handle ON card_handles(handle_id);

CREATE TABLE interactions(
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, channel INTEGER NOT NULL, sender INTEGER REFERENCES handles(id),
  title TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', duration INTEGER NOT NULL DEFAULT 0,
  recipients INTEGER NOT NULL DEFAULT 0, marks INTEGER NOT NULL DEFAULT 0,
  set_aside TEXT NOT NULL DEFAULT '', kept INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL UNIQUE, message_key INTEGER NOT NULL DEFAULT 0, reply_key INTEGER NOT NULL DEFAULT 0,
  source_id INTEGER REFERENCES sources(id), native_id TEXT NOT NULL DEFAULT '', offset INTEGER NOT NULL DEFAULT 0,
  sequence INTEGER NOT NULL DEFAULT 0, stamp INTEGER NOT NULL DEFAULT 0, all_day INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX interactions_aside ON interactions(sender, set_aside, at) WHERE set_aside <> '';
CREATE INDEX interactions_at ON interactions(at) WHERE channel <> 1;
CREATE TABLE participants(
  interaction_id INTEGER NOT NULL REFERENCES interactions(id) ON DELETE CASCADE,
  handle_id INTEGER NOT NULL REFERENCES handles(id), role INTEGER NOT NULL, answer INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(interaction_id, handle_id, role)) STRICT, WITHOUT ROWID;

CREATE TABLE touches(
  handle_id INTEGER NOT NULL, at INTEGER NOT NULL, interaction_id INTEGER NOT NULL, direction INTEGER NOT NULL,
  channel INTEGER NOT NULL, weight REAL NOT NULL, reply INTEGER NOT NULL,
  PRIMARY KEY(handle_id, at, interaction_id)) STRICT, WITHOUT ROWID;
CREATE TABLE due(interaction_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE due_handles(handle_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE tie_states(
  contact_id INTEGER PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
  sums BLOB NOT NULL, days BLOB NOT NULL) STRICT;

CREATE TABLE memories(
  id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  text TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX memories_contact ON memories(contact_id, at);
CREATE TABLE suggestions(
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE, week TEXT NOT NULL, kind TEXT NOT NULL,
  at INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY(contact_id, week, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX suggestions_week ON suggestions(week, kind, position);
CREATE TABLE dismissals(
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE, kind TEXT NOT NULL,
  at INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY(contact_id, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE quiet_weeks(week TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE undo_journal(
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, changeset BLOB NOT NULL, undone_at INTEGER) STRICT;

CREATE VIEW searchable AS
  SELECT id, title FROM interactions WHERE title <> '' AND (set_aside = '' OR kept = 1);
CREATE VIRTUAL TABLE titles USING fts5(
  title, content='searchable', content_rowid='id', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE people USING fts5(name, handles, organisation, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE memory_words USING fts5(
  text, content='memories', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
INSERT INTO titles(titles, rank) VALUES ('secure-delete', 1);
INSERT INTO people(people, rank) VALUES ('secure-delete', 1);
INSERT INTO memory_words(memory_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER titles_delete AFTER DELETE ON interactions
WHEN old.title <> '' AND (old.set_aside = '' OR old.kept = 1) BEGIN
  INSERT INTO titles(titles, rowid, title) VALUES ('delete', old.id, old.title);
END;
CREATE TRIGGER titles_update AFTER UPDATE OF title, set_aside, kept ON interactions BEGIN
  INSERT INTO titles(titles, rowid, title)
    SELECT 'delete', old.id, old.title WHERE old.title <> '' AND (old.set_aside = '' OR old.kept = 1);
  INSERT INTO titles(rowid, title)
    SELECT new.id, new.title WHERE new.title <> '' AND (new.set_aside = '' OR new.kept = 1);
END;
CREATE TRIGGER memory_words_insert AFTER INSERT ON memories BEGIN
  INSERT INTO memory_words(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER memory_words_delete AFTER DELETE ON memories BEGIN
  INSERT INTO memory_words(memory_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER memory_words_update AFTER UPDATE OF text ON memories BEGIN
  INSERT INTO memory_words(memory_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO memory_words(rowid, text) VALUES (new.id, new.text);
END;

ALTER TABLE contacts ADD COLUMN root_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN light INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handles ADD COLUMN own_id INTEGER REFERENCES contacts(id) ON DELETE SET NULL;
UPDATE contacts SET root_id = id;
UPDATE handles SET own_id = contact_id;
CREATE INDEX contacts_root ON contacts(root_id);
CREATE INDEX contacts_light ON contacts(light) WHERE light = 1;
CREATE INDEX handles_own ON handles(own_id);

CREATE TABLE joins(
  one INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  PRIMARY KEY(one, other), CHECK(one < other)) STRICT, WITHOUT ROWID;
CREATE INDEX joins_other ON joins(other);
CREATE TABLE differents(
  one INTEGER NOT NULL REFERENCES handles(id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES handles(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, PRIMARY KEY(one, other), CHECK(one < other)) STRICT, WITHOUT ROWID;
CREATE INDEX differents_other ON differents(other);

CREATE TABLE edits(
  contact_id INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE, field TEXT NOT NULL,
  value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(contact_id, field)) STRICT, WITHOUT ROWID;
ALTER TABLE sources ADD COLUMN trust INTEGER NOT NULL DEFAULT 0;
CREATE TABLE card_past(
  native_id TEXT NOT NULL, revised INTEGER NOT NULL, organisation TEXT NOT NULL, title TEXT NOT NULL,
  PRIMARY KEY(native_id, revised)) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO card_past(native_id, revised, organisation, title)
  SELECT native_id, revised, organisation, title FROM cards
  WHERE native_id <> '' AND revised IS NOT NULL ORDER BY digest;
CREATE TABLE bounces(
  handle_id INTEGER NOT NULL REFERENCES handles(id) ON DELETE CASCADE, at INTEGER NOT NULL,
  PRIMARY KEY(handle_id, at)) STRICT, WITHOUT ROWID;
CREATE TABLE likely(
  one INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
  chance REAL NOT NULL, verdict TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY(one, other)) STRICT, WITHOUT ROWID;
CREATE TABLE tombstones(key BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

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
