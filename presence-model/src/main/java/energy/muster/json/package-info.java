// SPDX-License-Identifier: Apache-2.0
/**
 * Strict reading and canonical-enough writing of JSON, and nothing about what the fields mean. What
 * a document may hold stands beside its type; this package only makes it impossible to overlook a
 * field, a duplicate or a limit.
 */
package energy.muster.json;
