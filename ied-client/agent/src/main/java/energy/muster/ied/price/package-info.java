// SPDX-License-Identifier: Apache-2.0
/**
 * What a device does about prices by itself: when it acts, who has overruled it, and whose energy
 * it takes. How an act is carried out, written down and told belongs to the device.
 */
package energy.muster.ied.price;
