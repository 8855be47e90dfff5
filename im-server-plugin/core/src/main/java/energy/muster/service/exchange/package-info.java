// SPDX-License-Identifier: Apache-2.0
/**
 * What leaves the service for whoever keeps a copy: change sets by period, and the nodes on which
 * they and other public things are laid out. What changes, and what it means, is others' business.
 */
package energy.muster.service.exchange;
