-- How far a device's meter is: what it counts now, and the last of its documents.
CREATE TABLE meter (
  device TEXT PRIMARY KEY,
  progress TEXT NOT NULL,
  sequence INTEGER NOT NULL DEFAULT 0,
  -- The first interval that stands in no document yet starts then or later.
  packed_seconds INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Intervals that are over. Qualities are words.
CREATE TABLE interval_energy (
  device TEXT NOT NULL,
  start_seconds INTEGER NOT NULL,
  import_wh INTEGER NOT NULL,
  export_wh INTEGER NOT NULL,
  quality TEXT NOT NULL,
  PRIMARY KEY (device, start_seconds)
) STRICT, WITHOUT ROWID;

-- Documents that the service has not taken yet.
CREATE TABLE readings (
  device TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (device, sequence)
) STRICT, WITHOUT ROWID;
