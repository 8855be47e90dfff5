// SPDX-License-Identifier: Apache-2.0
/**
 * The command-line tools {@code pki} and {@code verify}: options, passphrases and what is printed.
 * How certificates are issued and documents checked belongs to the presence model.
 */
package energy.muster.tools;
