// SPDX-License-Identifier: Apache-2.0
// From version 6: the newest mandate of each master IED.

CREATE CACHED TABLE IF NOT EXISTS musterMandate (
  master VARCHAR(320) NOT NULL,
  sealed LONGVARCHAR NOT NULL,
  CONSTRAINT musterMandate_pk PRIMARY KEY (master)
);

UPDATE ofVersion SET version = 7 WHERE name = 'muster';
