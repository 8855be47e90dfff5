-- SPDX-License-Identifier: Apache-2.0
-- From version 3: what a device is believed to be besides its last word, and what is old found fast.

ALTER TABLE musterDevice ADD COLUMN belief TEXT;

CREATE INDEX musterRefusal_refusedAt ON musterRefusal (refusedAt);
CREATE INDEX musterExcess_minuteStart ON musterExcess (minuteStart);
CREATE INDEX musterNotice_toldAt ON musterNotice (toldAt);

UPDATE ofVersion SET version = 4 WHERE name = 'muster';
