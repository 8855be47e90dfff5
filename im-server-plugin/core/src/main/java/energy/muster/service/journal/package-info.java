// SPDX-License-Identifier: Apache-2.0
/**
 * What the service remembers, and the port through which it does. How it is stored is the adapter's
 * business; what follows from it is decided elsewhere.
 */
package energy.muster.service.journal;
