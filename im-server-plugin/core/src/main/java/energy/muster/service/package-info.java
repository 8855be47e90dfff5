// SPDX-License-Identifier: Apache-2.0
/**
 * The service's face to its host: one facade that takes what happens on the server, and the ports
 * it speaks through. What it decides stands in the packages below; nothing here or there knows
 * which server it runs in or where its journal is kept.
 */
package energy.muster.service;
