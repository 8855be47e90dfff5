// SPDX-License-Identifier: Apache-2.0
/**
 * How a session looks: lines of text, JSON objects, or a terminal with history and completion. What
 * is shown is the session's; here it only gets its shape.
 */
package energy.muster.console.face;
