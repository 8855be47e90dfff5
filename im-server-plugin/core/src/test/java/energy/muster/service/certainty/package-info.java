// SPDX-License-Identifier: Apache-2.0
/**
 * The classes of certainty against a model that knows nothing of the ledger: it recomputes them
 * from a log of what happened. How single transitions are told is tested beside the service.
 */
package energy.muster.service.certainty;
