// SPDX-License-Identifier: Apache-2.0
/**
 * The service's journal in the server's own database, over JDBC. Where connections come from is
 * told from outside; the schema stands in the plugin's numbered scripts.
 */
package energy.muster.openfire.journal;
