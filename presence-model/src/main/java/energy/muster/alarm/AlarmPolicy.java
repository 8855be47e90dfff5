// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is looked for when there is an alarm, by the signed word of an engineer of the whole site.
 *
 * @param revision counts from 1; a later one replaces it
 * @param groups people by a name that steps may use, at most 64
 * @param courses the first that is for an alarm counts, at most 64
 */
public record AlarmPolicy(
    Header header, long revision, List<Group> groups, List<AlarmCourse> courses) {
  private static final int MOST = 64;

  /**
   * People who are asked together.
   *
   * @param people 1 to 64
   */
  public record Group(String name, List<BareJid> people) {
    public Group {
      people = List.copyOf(people);
      require(Target.NAME.matcher(name).matches(), "a group's name is of a-z, 0-9 and hyphen");
      require(!people.isEmpty() && people.size() <= MOST, "a group has 1 to " + MOST + " people");
    }

    private static Group read(Fields fields) {
      return fields.all(
          known -> new Group(known.text("name"), known.values("people", BareJid::parse)));
    }

    private ObjectNode write() {
      ObjectNode object = Json.object().put("name", name);
      ArrayNode list = object.putArray("people");
      people.forEach(person -> list.add(person.toString()));
      return object;
    }
  }

  public AlarmPolicy {
    groups = List.copyOf(groups);
    courses = List.copyOf(courses);
    require(header.type() == DocumentType.ALARM_POLICY, "the header is not of an alarm-policy");
    require(revision >= 1, "a policy's revision counts from 1");
    require(
        groups.size() <= MOST && courses.size() <= MOST,
        "a policy has at most " + MOST + " groups and courses");
    Set<String> named = groups.stream().map(Group::name).collect(Collectors.toSet());
    require(named.size() == groups.size(), "a group's name stands once");
    for (AlarmCourse course : courses) {
      for (AlarmCourse.Step step : course.steps()) {
        for (Target target : step.to()) {
          require(
              !(target instanceof Target.Group group) || named.contains(group.name()),
              "%s names %s, which the policy does not list"
                  .formatted(course.name(), target.wire()));
        }
      }
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The people of each group. */
  public Map<String, List<BareJid>> people() {
    return groups.stream().collect(Collectors.toUnmodifiableMap(Group::name, Group::people));
  }

  /**
   * The course of an alarm; empty where the default holds.
   *
   * @param memberships the areas that the device's own certificate lists
   */
  public Optional<AlarmCourse> courseOf(
      Priority priority, RuleName rule, BareJid device, Set<Area> memberships) {
    return courses.stream()
        .filter(course -> course.whose().covers(priority, rule, device, memberships))
        .findFirst();
  }

  public static AlarmPolicy read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), AlarmPolicy::read);
  }

  private static AlarmPolicy read(Fields fields) {
    return new AlarmPolicy(
        Header.read(fields, DocumentType.ALARM_POLICY),
        fields.integer("revision"),
        fields.objects("groups").stream().map(Group::read).toList(),
        fields.objects("courses").stream().map(AlarmCourse::read).toList());
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("revision", revision);
    ArrayNode named = object.putArray("groups");
    groups.forEach(group -> named.add(group.write()));
    ArrayNode listed = object.putArray("courses");
    courses.forEach(course -> listed.add(course.write()));
    return Json.bytes(object);
  }
}
