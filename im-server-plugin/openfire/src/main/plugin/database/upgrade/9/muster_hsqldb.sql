// SPDX-License-Identifier: Apache-2.0
// From version 8: the alarms that a hand-over is about, and what a device signed of an alarm that leaves.

ALTER TABLE musterHandOver ADD COLUMN alarms LONGVARCHAR DEFAULT '' NOT NULL;

ALTER TABLE musterLetter ADD COLUMN sealed LONGVARCHAR;

UPDATE ofVersion SET version = 9 WHERE name = 'muster';
