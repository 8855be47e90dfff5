// SPDX-License-Identifier: Apache-2.0
// From version 8: the alarms that a hand-over is about, and what a device signed of an alarm that leaves.

ALTER TABLE musterHandOver ADD COLUMN IF NOT EXISTS alarms TEXT DEFAULT '' NOT NULL;

ALTER TABLE musterLetter ADD COLUMN IF NOT EXISTS sealed TEXT;

UPDATE ofVersion SET version = 9 WHERE name = 'muster';
