-- What a device has raised: the onset of an alarm and, once it is over, its return.
CREATE TABLE alarm (
  place INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  id TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  is_return INTEGER NOT NULL,
  content TEXT NOT NULL,
  sealed BLOB NOT NULL,
  -- Of an onset: the furthest beyond the limit since, a decimal.
  worst TEXT,
  forget_after_millis INTEGER NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  UNIQUE (device, id)
) STRICT;

CREATE INDEX alarm_of ON alarm (device, occurrence);
