// SPDX-License-Identifier: Apache-2.0
/**
 * What people are told without having asked. When there is something to tell is decided elsewhere.
 */
package energy.muster.service.notice;
