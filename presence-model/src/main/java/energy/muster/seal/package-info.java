// SPDX-License-Identifier: Apache-2.0
/**
 * Documents sealed by one or more signers as CMS SignedData (RFC 5652), and the trust they are
 * opened with. What a document says belongs to the packages that read it.
 */
package energy.muster.seal;
