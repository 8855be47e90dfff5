// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether a delivered order is to be carried out, as a pure function of the delivery, the
 * time, the trust and the device's state. Recording, executing and answering belong elsewhere.
 */
package energy.muster.ied.gate;
