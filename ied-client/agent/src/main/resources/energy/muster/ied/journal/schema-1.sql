-- One row: the journal itself. The sequence number counts transactions.
CREATE TABLE journal (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  boot INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  floor_millis INTEGER NOT NULL
) STRICT;

INSERT INTO journal (only, boot, sequence, floor_millis) VALUES (1, 0, 0, 0);

CREATE TABLE revocation_list (
  place INTEGER PRIMARY KEY,
  der BLOB NOT NULL
) STRICT;

-- What a device is, apart from the commands it was given. The state is one JSON object.
CREATE TABLE device (
  jid TEXT PRIMARY KEY,
  revision_ceiling INTEGER NOT NULL DEFAULT 0,
  state TEXT
) STRICT, WITHOUT ROWID;

-- A row without an outcome is an intent: begun, and nobody knows yet how it ended.
CREATE TABLE command (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  issuer TEXT NOT NULL,
  id TEXT NOT NULL,
  digest BLOB NOT NULL,
  sealed BLOB NOT NULL,
  content TEXT NOT NULL,
  leaf TEXT NOT NULL,
  forget_after_millis INTEGER NOT NULL,
  outcome BLOB,
  acknowledged INTEGER NOT NULL DEFAULT 0,
  UNIQUE (device, issuer, id)
) STRICT;

CREATE INDEX command_open ON command (device, place) WHERE acknowledged = 0;
