// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

/** Where something stands on the one-line diagram; the unit is the drawing's own, not a length. */
public record DrawingPoint(double x, double y) {}
