// SPDX-License-Identifier: Apache-2.0
// From version 5: the evidence of one delivery found without reading that of the order's others.

CREATE INDEX IF NOT EXISTS musterEvidence_delivery ON musterEvidence (orderId, device);
DROP INDEX musterEvidence_order IF EXISTS;

UPDATE ofVersion SET version = 6 WHERE name = 'muster';
