// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's console as a program: options, configuration, scripts and the wiring of session,
 * link and face. What a line means and does belongs to the packages below.
 */
package energy.muster.console;
