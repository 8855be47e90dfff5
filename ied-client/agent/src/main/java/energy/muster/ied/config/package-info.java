// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's configuration file, read strictly, with the keys and secrets it names. What is built
 * from it belongs elsewhere.
 */
package energy.muster.ied.config;
