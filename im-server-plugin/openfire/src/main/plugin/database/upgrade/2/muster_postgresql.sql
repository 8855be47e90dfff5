-- SPDX-License-Identifier: Apache-2.0
-- From version 1: write-offs beside outcomes, and notices that wait for one person.

CREATE TABLE IF NOT EXISTS musterMail (
  id VARCHAR(26) NOT NULL,
  person VARCHAR(320) NOT NULL,
  toldAt BIGINT NOT NULL,
  takenAt BIGINT,
  kind VARCHAR(32) NOT NULL,
  orderId VARCHAR(26) NOT NULL,
  device VARCHAR(320),
  note TEXT NOT NULL,
  CONSTRAINT musterMail_pk PRIMARY KEY (id)
);
CREATE INDEX IF NOT EXISTS musterMail_takenAt ON musterMail (takenAt);

ALTER TABLE musterEvidence ADD COLUMN IF NOT EXISTS kind VARCHAR(16) DEFAULT 'outcome' NOT NULL;

UPDATE ofVersion SET version = 2 WHERE name = 'muster';
