// SPDX-License-Identifier: Apache-2.0
// From version 1: write-offs beside outcomes, and notices that wait for one person.

ALTER TABLE musterEvidence ADD COLUMN kind VARCHAR(16) DEFAULT 'outcome' NOT NULL;

CREATE CACHED TABLE musterMail (
  id VARCHAR(26) NOT NULL,
  person VARCHAR(320) NOT NULL,
  toldAt BIGINT NOT NULL,
  takenAt BIGINT,
  kind VARCHAR(32) NOT NULL,
  orderId VARCHAR(26) NOT NULL,
  device VARCHAR(320),
  note LONGVARCHAR NOT NULL,
  CONSTRAINT musterMail_pk PRIMARY KEY (id)
);
CREATE INDEX musterMail_takenAt ON musterMail (takenAt);

UPDATE ofVersion SET version = 2 WHERE name = 'muster';
