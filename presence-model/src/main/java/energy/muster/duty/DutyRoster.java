// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An engineer's signed word who answers for what, and when.
 *
 * @param revision counts from 1; a later one replaces it
 * @param teams at most 64
 */
public record DutyRoster(Header header, long revision, List<Team> teams) {
  private static final int MOST_TEAMS = 64;

  public DutyRoster {
    teams = List.copyOf(teams);
    if (header.type() != DocumentType.DUTY_ROSTER) {
      throw new IllegalArgumentException("the header is not of a duty-roster");
    }
    if (revision < 1) {
      throw new IllegalArgumentException("a roster's revision counts from 1");
    }
    if (teams.size() > MOST_TEAMS) {
      throw new IllegalArgumentException("a roster has at most " + MOST_TEAMS + " teams");
    }
    if (teams.stream().map(Team::name).distinct().count() != teams.size()) {
      throw new IllegalArgumentException("two teams have the same name");
    }
  }

  public Optional<Team> team(String name) {
    return teams.stream().filter(team -> team.name().equals(name)).findFirst();
  }

  /** Who answers for a team at this moment; empty when nobody is to, or there is no such team. */
  public Optional<OnDuty> onDuty(String team, Instant at) {
    return team(team).flatMap(known -> known.at(at));
  }

  public static DutyRoster read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), DutyRoster::read);
  }

  private static DutyRoster read(Fields fields) {
    return new DutyRoster(
        Header.read(fields, DocumentType.DUTY_ROSTER),
        fields.integer("revision"),
        fields.objects("teams").stream().map(each -> each.all(Team::read)).toList());
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("revision", revision);
    ArrayNode all = object.putArray("teams");
    teams.forEach(team -> all.add(team.write()));
    return Json.bytes(object);
  }
}
