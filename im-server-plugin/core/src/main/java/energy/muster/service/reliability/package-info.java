// SPDX-License-Identifier: Apache-2.0
/**
 * How reliable each device and each part of the network was, reckoned from who came and went. Who
 * came and went is found out elsewhere.
 */
package energy.muster.service.reliability;
