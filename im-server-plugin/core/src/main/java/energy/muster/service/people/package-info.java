// SPDX-License-Identifier: Apache-2.0
/**
 * People: who is on duty, what they say to each other, and what they pass on when they leave. What
 * they may do is in their certificates and is decided elsewhere.
 */
package energy.muster.service.people;
