// SPDX-License-Identifier: Apache-2.0
// From version 3: what a device is believed to be besides its last word, and what is old found fast.

CREATE INDEX IF NOT EXISTS musterRefusal_refusedAt ON musterRefusal (refusedAt);
CREATE INDEX IF NOT EXISTS musterExcess_minuteStart ON musterExcess (minuteStart);
CREATE INDEX IF NOT EXISTS musterNotice_toldAt ON musterNotice (toldAt);

ALTER TABLE musterDevice ADD COLUMN belief LONGVARCHAR;

UPDATE ofVersion SET version = 4 WHERE name = 'muster';
