// SPDX-License-Identifier: Apache-2.0
/**
 * Where decisions are made, one at a time, and the times at which they fall due. Nothing that
 * blocks or computes for long belongs here.
 */
package energy.muster.service.desk;
