-- SPDX-License-Identifier: Apache-2.0
-- What is known of people, what they say to each other, and what they hand over when they leave.

CREATE TABLE IF NOT EXISTS musterPerson (
  jid VARCHAR(320) NOT NULL,
  certificate TEXT NOT NULL,
  word TEXT,
  saidAt BIGINT NOT NULL,
  heard BIGINT NOT NULL,
  CONSTRAINT musterPerson_pk PRIMARY KEY (jid)
);

CREATE TABLE IF NOT EXISTS musterLine (
  id VARCHAR(26) NOT NULL,
  sender VARCHAR(320) NOT NULL,
  person VARCHAR(320) NOT NULL,
  saidAt BIGINT NOT NULL,
  takenAt BIGINT,
  note TEXT NOT NULL,
  CONSTRAINT musterLine_pk PRIMARY KEY (id)
);
CREATE INDEX IF NOT EXISTS musterLine_takenAt ON musterLine (takenAt);

CREATE TABLE IF NOT EXISTS musterHandOver (
  id VARCHAR(26) NOT NULL,
  sender VARCHAR(320) NOT NULL,
  person VARCHAR(320) NOT NULL,
  offeredAt BIGINT NOT NULL,
  endsAt BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  orders TEXT NOT NULL,
  watches TEXT NOT NULL,
  CONSTRAINT musterHandOver_pk PRIMARY KEY (id)
);

UPDATE ofVersion SET version = 5 WHERE name = 'muster';
