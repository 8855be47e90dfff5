// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Location;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An alarm as the service knows it, for somebody whose certificate covers the device.
 *
 * @param number what people call it, of one site and never used again
 * @param revision rises with everything that happens to the alarm
 * @param occurrence what acts name; the newest one where several fold
 * @param device whose alarm it is; for a dead branch, one of its devices
 * @param branch the branch, if the alarm is about all of it
 * @param source the device by its signed word, or the service where a device cannot speak
 * @param since when it began, by the device
 * @param returned when it was over; empty while it is so
 * @param clockSure whether the device trusts its times
 * @param owner who has acknowledged it, as long as that counts
 * @param search how it looks for somebody, as long as it does
 * @param aside why nobody is looked for, if so
 * @param parent the alarm that explains this one
 * @param children how many alarms this one explains
 * @param folded how often it came again while it was open
 * @param chattering whether it comes too often to be told of each time
 * @param group the first alarm of the flood in which this one came to whoever asked
 * @param sentOut where it went because nobody took it on, oldest first
 */
public record AlarmEntry(
    long number,
    long revision,
    DocumentId occurrence,
    BareJid device,
    Optional<Area> branch,
    RuleName rule,
    Priority priority,
    AlarmState state,
    Source source,
    Optional<Reading> reading,
    Instant since,
    Optional<Instant> returned,
    boolean clockSure,
    boolean latching,
    String text,
    Optional<Location> location,
    Optional<Owner> owner,
    Optional<Search> search,
    Optional<Aside> aside,
    OptionalLong parent,
    long children,
    long folded,
    boolean chattering,
    long comments,
    OptionalLong group,
    List<SentOut> sentOut) {

  /** Whose word an alarm is. */
  public enum Source {
    DEVICE,
    /** Unsigned: what a device cannot say of itself, such as that it is gone. */
    SERVICE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Source> ofWire(String wire) {
      return Arrays.stream(values()).filter(source -> source.wire().equals(wire)).findFirst();
    }
  }

  /**
   * Who has taken an alarm on.
   *
   * @param until when that lapses unless they do something about it
   * @param heir whom they have offered it to; as long as that one can accept, nothing lapses
   */
  public record Owner(BareJid person, Instant since, Instant until, Optional<Heir> heir) {
    public Owner {
      Objects.requireNonNull(heir);
    }

    static Owner read(Fields fields) {
      return fields.some(
          known ->
              new Owner(
                  known.value("person", BareJid::parse),
                  known.instant("since"),
                  known.instant("until"),
                  known.optionalObject("heir").map(Heir::read)));
    }

    ObjectNode write() {
      ObjectNode object =
          Json.object()
              .put("person", person.toString())
              .put("since", since.toString())
              .put("until", until.toString());
      heir.ifPresent(offered -> object.set("heir", offered.write()));
      return object;
    }
  }

  /**
   * Who may take an alarm over from somebody who leaves.
   *
   * @param until when the offer lapses
   */
  public record Heir(BareJid person, Instant until) {
    static Heir read(Fields fields) {
      return fields.some(
          known -> new Heir(known.value("person", BareJid::parse), known.instant("until")));
    }

    ObjectNode write() {
      return Json.object().put("person", person.toString()).put("until", until.toString());
    }
  }

  /**
   * Who is asked to take an alarm on.
   *
   * @param course the name of the course it takes
   * @param step counts from 1
   * @param round how often it has gone through all steps, from 1
   * @param to whom it is offered now; nobody there means that it waits for somebody to come
   * @param next when the next step comes; empty while nobody is there
   */
  public record Search(
      String course, int step, int round, List<BareJid> to, Optional<Instant> next) {
    public Search {
      to = List.copyOf(to);
      Objects.requireNonNull(next);
    }

    static Search read(Fields fields) {
      return fields.some(
          known ->
              new Search(
                  known.text("course"),
                  Math.toIntExact(known.integer("step")),
                  Math.toIntExact(known.integer("round")),
                  known.values("to", BareJid::parse),
                  known.optionalInstant("next")));
    }

    ObjectNode write() {
      ObjectNode object = Json.object().put("course", course).put("step", step).put("round", round);
      ArrayNode list = object.putArray("to");
      to.forEach(person -> list.add(person.toString()));
      next.ifPresent(when -> object.put("next", when.toString()));
      return object;
    }
  }

  /**
   * Why an alarm looks for nobody.
   *
   * @param by who put it aside, if it was a person
   * @param reason for people
   * @param until when it comes back by itself
   * @param oneShot whether it also comes back when it returns to normal
   */
  public record Aside(
      Optional<BareJid> by, String reason, Optional<Instant> until, boolean oneShot) {
    public Aside {
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(until);
    }

    static Aside read(Fields fields) {
      return fields.some(
          known ->
              new Aside(
                  known.optionalValue("by", BareJid::parse),
                  known.text("reason"),
                  known.optionalInstant("until"),
                  known.optionalFlag("oneShot")));
    }

    ObjectNode write() {
      ObjectNode object = Json.object();
      by.ifPresent(person -> object.put("by", person.toString()));
      object.put("reason", reason);
      until.ifPresent(end -> object.put("until", end.toString()));
      if (oneShot) {
        object.put("oneShot", true);
      }
      return object;
    }
  }

  /**
   * One way an alarm left for somebody who was not there.
   *
   * @param way {@code mail} or {@code webhook}
   * @param to the address
   * @param at when it was taken there
   */
  public record SentOut(String way, String to, Instant at) {
    static SentOut read(Fields fields) {
      return fields.some(
          known -> new SentOut(known.text("way"), known.text("to"), known.instant("at")));
    }

    ObjectNode write() {
      return Json.object().put("way", way).put("to", to).put("at", at.toString());
    }
  }

  public AlarmEntry {
    Objects.requireNonNull(occurrence);
    Objects.requireNonNull(device);
    Objects.requireNonNull(branch);
    Objects.requireNonNull(rule);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(state);
    Objects.requireNonNull(source);
    Objects.requireNonNull(reading);
    Objects.requireNonNull(since);
    Objects.requireNonNull(returned);
    Objects.requireNonNull(text);
    Objects.requireNonNull(location);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(search);
    Objects.requireNonNull(aside);
    Objects.requireNonNull(parent);
    Objects.requireNonNull(group);
    sentOut = List.copyOf(sentOut);
  }

  /** Whether it is over, so that a list of open alarms drops it. */
  public boolean closed() {
    return state == AlarmState.NORMAL;
  }

  /** The same as told to somebody to whom it came in a flood. */
  public AlarmEntry inFloodOf(OptionalLong first) {
    return new AlarmEntry(
        number,
        revision,
        occurrence,
        device,
        branch,
        rule,
        priority,
        state,
        source,
        reading,
        since,
        returned,
        clockSure,
        latching,
        text,
        location,
        owner,
        search,
        aside,
        parent,
        children,
        folded,
        chattering,
        comments,
        first,
        sentOut);
  }

  /** Unknown fields are ignored: it is a report, and no signed document. */
  public static AlarmEntry read(Fields fields) {
    return fields.some(AlarmEntry::known);
  }

  private static AlarmEntry known(Fields fields) {
    return new AlarmEntry(
        fields.integer("number"),
        fields.integer("revision"),
        fields.value("occurrence", DocumentId::new),
        fields.value("device", BareJid::parse),
        fields.optionalValue("branch", Area::new),
        fields.value("rule", RuleName::new),
        fields.oneOf("priority", Priority::ofWire),
        fields.oneOf("state", AlarmState::ofWire),
        fields.oneOf("source", Source::ofWire),
        Reading.read(fields),
        fields.instant("since"),
        fields.optionalInstant("returned"),
        !fields.optionalFlag("clockUnsure"),
        fields.optionalFlag("latching"),
        fields.text("text"),
        fields.optionalObject("location").map(Location::read),
        fields.optionalObject("owner").map(Owner::read),
        fields.optionalObject("search").map(Search::read),
        fields.optionalObject("aside").map(Aside::read),
        fields.optionalInteger("parent"),
        fields.optionalInteger("children").orElse(0),
        fields.optionalInteger("folded").orElse(0),
        fields.optionalFlag("chattering"),
        fields.optionalInteger("comments").orElse(0),
        fields.optionalInteger("group"),
        fields.has("sentOut")
            ? fields.objects("sentOut").stream().map(SentOut::read).toList()
            : List.of());
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("number", number)
            .put("revision", revision)
            .put("occurrence", occurrence.text())
            .put("device", device.toString());
    branch.ifPresent(area -> object.put("branch", area.name()));
    object
        .put("rule", rule.text())
        .put("priority", priority.wire())
        .put("state", state.wire())
        .put("source", source.wire());
    reading.ifPresent(measured -> measured.write(object));
    object.put("since", since.toString());
    returned.ifPresent(when -> object.put("returned", when.toString()));
    flag(object, "clockUnsure", !clockSure);
    flag(object, "latching", latching);
    object.put("text", text);
    location.ifPresent(where -> object.set("location", where.write()));
    owner.ifPresent(who -> object.set("owner", who.write()));
    search.ifPresent(how -> object.set("search", how.write()));
    aside.ifPresent(why -> object.set("aside", why.write()));
    parent.ifPresent(which -> object.put("parent", which));
    count(object, "children", children);
    count(object, "folded", folded);
    flag(object, "chattering", chattering);
    count(object, "comments", comments);
    group.ifPresent(first -> object.put("group", first));
    if (!sentOut.isEmpty()) {
      ArrayNode list = object.putArray("sentOut");
      sentOut.forEach(sent -> list.add(sent.write()));
    }
    return object;
  }

  private static void flag(ObjectNode object, String name, boolean value) {
    if (value) {
      object.put(name, true);
    }
  }

  private static void count(ObjectNode object, String name, long value) {
    if (value > 0) {
      object.put(name, value);
    }
  }
}
