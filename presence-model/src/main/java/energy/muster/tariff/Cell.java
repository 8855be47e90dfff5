// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

/** Where in a tariff's calendar a moment lies. */
public record Cell(String season, String dayType, String period) {
  @Override
  public String toString() {
    return season + ", " + dayType + ", " + period;
  }
}
