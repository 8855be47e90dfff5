// SPDX-License-Identifier: Apache-2.0
/**
 * One device of the process: what is asked of it goes through the gate, the journal and the driver,
 * and comes back as a signed outcome. Reading configurations and starting processes belong
 * elsewhere.
 */
package energy.muster.ied.device;
