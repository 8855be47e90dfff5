// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import java.util.List;

/**
 * What a service that starts must know of people.
 *
 * @param lines said and not yet with whom they are for, oldest first
 * @param handOvers offered or accepted, oldest first
 */
public record StaffRecord(
    List<PersonRecord> persons, List<ChatLine> lines, List<HandOver> handOvers) {
  public static final StaffRecord NOBODY = new StaffRecord(List.of(), List.of(), List.of());

  public StaffRecord {
    persons = List.copyOf(persons);
    lines = List.copyOf(lines);
    handOvers = List.copyOf(handOvers);
  }
}
