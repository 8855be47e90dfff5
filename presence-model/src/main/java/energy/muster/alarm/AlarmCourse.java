// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The course that certain alarms take through people until somebody takes them on.
 *
 * @param name for people
 * @param whose which alarms take it
 * @param steps tried in their order, 1 to 16; after the last the first comes again
 * @param acknowledgedFor how long an acknowledgement counts unless its holder does something about
 *     the alarm, 10 s to 24 h
 * @param mail where the alarm is sent when nobody takes it on, at most 8
 * @param webhook likewise, https only
 */
public record AlarmCourse(
    String name,
    Whose whose,
    List<Step> steps,
    Duration acknowledgedFor,
    List<String> mail,
    List<URI> webhook) {
  private static final int MOST_STEPS = 16;
  private static final int MOST_TARGETS = 32;
  private static final int MOST_ADDRESSES = 8;
  private static final int MAX_ADDRESS = 254;
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
  private static final Pattern MAILBOX =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]*");

  /** What holds where no policy was signed, or none of its courses is for the alarm. */
  public static final AlarmCourse DEFAULT =
      new AlarmCourse(
          "default",
          Whose.ALL,
          List.of(
              new Step(List.of(new Target.Team(Optional.empty())), Duration.ofSeconds(60)),
              new Step(List.of(new Target.Holders(Role.OPERATOR)), Duration.ofSeconds(60))),
          Duration.ofMinutes(30),
          List.of(),
          List.of());

  /**
   * Which alarms; all that is said must be true of one, and what is not said leaves all in.
   *
   * @param areas the device lies in one of them
   */
  public record Whose(Set<Priority> priorities, Set<RuleName> rules, Set<Area> areas) {
    public static final Whose ALL = new Whose(Set.of(), Set.of(), Set.of());

    public Whose {
      priorities = Set.copyOf(priorities);
      rules = Set.copyOf(rules);
      areas = Set.copyOf(areas);
    }

    boolean covers(Priority priority, RuleName rule, BareJid device, Set<Area> memberships) {
      return (priorities.isEmpty() || priorities.contains(priority))
          && (rules.isEmpty() || rules.contains(rule))
          && (areas.isEmpty() || areas.stream().anyMatch(area -> area.covers(device, memberships)));
    }

    private static Whose read(Fields fields) {
      return new Whose(
          Set.copyOf(
              listed(
                  fields,
                  "priorities",
                  text ->
                      Priority.ofWire(text)
                          .orElseThrow(
                              () -> new IllegalArgumentException("there is no priority " + text)))),
          Set.copyOf(listed(fields, "rules", RuleName::new)),
          Set.copyOf(listed(fields, "areas", Area::new)));
    }

    private ObjectNode write() {
      ObjectNode object = Json.object();
      put(object, "priorities", new TreeSet<>(priorities), Priority::wire);
      put(object, "rules", new TreeSet<>(rules), RuleName::text);
      put(object, "areas", new TreeSet<>(areas), Area::name);
      return object;
    }
  }

  /**
   * Who is asked together.
   *
   * @param hold how long they have before the next step, 1 s to 24 h
   */
  public record Step(List<Target> to, Duration hold) {
    public Step {
      to = List.copyOf(to);
      require(
          !to.isEmpty() && to.size() <= MOST_TARGETS,
          "a step is addressed to 1 to " + MOST_TARGETS + " targets");
      requireSeconds("waitSeconds", hold, Duration.ofSeconds(1));
    }

    private static Step read(Fields fields) {
      return fields.all(
          known ->
              new Step(
                  known.values("to", Target::parse),
                  Duration.ofSeconds(known.integer("waitSeconds"))));
    }

    private ObjectNode write() {
      ObjectNode object = Json.object();
      put(object, "to", to, Target::wire);
      return object.put("waitSeconds", hold.toSeconds());
    }
  }

  public AlarmCourse {
    steps = List.copyOf(steps);
    mail = List.copyOf(mail);
    webhook = List.copyOf(webhook);
    require(Target.NAME.matcher(name).matches(), "a course has a name of a-z, 0-9 and hyphen");
    require(!steps.isEmpty() && steps.size() <= MOST_STEPS, "a course has 1 to 16 steps");
    requireSeconds("acknowledgedForSeconds", acknowledgedFor, SHORTEST_LEASE);
    require(
        mail.size() <= MOST_ADDRESSES && webhook.size() <= MOST_ADDRESSES,
        "an alarm is sent to at most " + MOST_ADDRESSES + " addresses of a kind");
    mail.forEach(AlarmCourse::requireMailbox);
    webhook.forEach(AlarmCourse::requireHttps);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static void requireSeconds(String field, Duration value, Duration least) {
    require(
        value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0,
        "%s is %d to %d".formatted(field, least.toSeconds(), LONGEST.toSeconds()));
  }

  private static void requireMailbox(String address) {
    require(
        address.length() <= MAX_ADDRESS && MAILBOX.matcher(address).matches(),
        "'" + address + "' is no mail address");
  }

  private static void requireHttps(URI url) {
    require(
        "https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null,
        "'" + url + "' is no https URL");
  }

  static AlarmCourse read(Fields fields) {
    return fields.all(
        known ->
            new AlarmCourse(
                known.text("name"),
                known.optionalObject("for").map(said -> said.all(Whose::read)).orElse(Whose.ALL),
                known.objects("steps").stream().map(Step::read).toList(),
                Duration.ofSeconds(known.integer("acknowledgedForSeconds")),
                listed(known, "mail", Function.identity()),
                listed(known, "webhook", URI::create)));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name);
    if (!whose.equals(Whose.ALL)) {
      object.set("for", whose.write());
    }
    ArrayNode list = object.putArray("steps");
    steps.forEach(step -> list.add(step.write()));
    object.put("acknowledgedForSeconds", acknowledgedFor.toSeconds());
    put(object, "mail", mail, Function.identity());
    put(object, "webhook", webhook, URI::toString);
    return object;
  }

  private static <T> List<T> listed(Fields fields, String name, Function<String, T> reader) {
    return fields.has(name) ? fields.values(name, reader) : List.of();
  }

  private static <T> void put(
      ObjectNode object, String name, Collection<T> values, Function<T, String> text) {
    if (!values.isEmpty()) {
      values.stream().map(text).forEach(object.putArray(name)::add);
    }
  }
}
