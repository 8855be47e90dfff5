// SPDX-License-Identifier: Apache-2.0
/**
 * What a person may type, read into values: words, lines, selections, times and options, and the
 * hint for whoever mistypes. What a line then does belongs to the session; how it was typed belongs
 * to the terminal.
 */
package energy.muster.console.language;
