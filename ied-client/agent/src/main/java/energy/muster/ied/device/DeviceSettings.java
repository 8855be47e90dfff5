// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmRules;
import energy.muster.command.Instruction;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.journal.JournalException;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.response.PricePlan;
import energy.muster.warning.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a device runs by: the settings of its installation, over which the last signed revision is
 * laid. A revision says everything that differs, and what it does not name is as installed; one
 * that amends another says what differs from that. Used by one thread at a time.
 */
final class DeviceSettings {
  private static final int MAX_NOTE = 200;
  private static final int MAX_REACTIONS = 32;
  private static final int MAX_ALARM_CONTACTS = 8;
  private static final String AMENDS = "amends";
  private static final String ALARM_CHANGES = "alarmChanges";
  private static final String ALARMS = "alarms";

  private final Values installed;
  private final Supplier<AlarmRules> watching;
  private Values inForce;
  private Optional<Instruction.Configure> applied;

  /**
   * @param lease how long presence is good for
   * @param twoPersons verbs that need two signatures
   * @param releasedBy the role that lifts a restriction beside whoever set it
   * @param note for people, shown with the presence
   * @param reactions what it does when a peer warns; none unless they were signed
   * @param alarms what it watches for; empty for what its kind watches for
   * @param alarmContacts whom it tells of an alarm itself, in order, while the service does not
   *     answer
   * @param prices what it does about them, if anything
   */
  record Values(
      Duration lease,
      Set<Verb> twoPersons,
      Role releasedBy,
      String note,
      DriverFactory driver,
      List<Reaction> reactions,
      Optional<AlarmRules> alarms,
      List<BareJid> alarmContacts,
      Optional<PricePlan> prices) {
    /** As they are installed. */
    Values(
        Duration lease,
        Set<Verb> twoPersons,
        Role releasedBy,
        String note,
        DriverFactory driver,
        Optional<PricePlan> prices) {
      this(
          lease,
          twoPersons,
          releasedBy,
          note,
          driver,
          List.of(),
          Optional.empty(),
          List.of(),
          prices);
    }

    Values {
      if (!Rights.rolesFor(Verb.RELEASE).contains(releasedBy)) {
        throw new IllegalArgumentException(
            "releasedBy is operator, engineer, installer or security-admin, not "
                + releasedBy.wire());
      }
      twoPersons = Set.copyOf(twoPersons);
      if (lease.compareTo(DevicePresence.SHORTEST_LEASE) < 0
          || lease.compareTo(DevicePresence.LONGEST_LEASE) > 0) {
        throw new IllegalArgumentException("leaseSeconds is 5 to 86400, not " + lease.toSeconds());
      }
      if (note.length() > MAX_NOTE) {
        throw new IllegalArgumentException("note has at most " + MAX_NOTE + " characters");
      }
      if (reactions.size() > MAX_REACTIONS) {
        throw new IllegalArgumentException("at most " + MAX_REACTIONS + " reactions");
      }
      reactions = List.copyOf(reactions);
      Objects.requireNonNull(alarms);
      Objects.requireNonNull(prices);
      if (alarmContacts.size() > MAX_ALARM_CONTACTS
          || alarmContacts.stream().distinct().count() < alarmContacts.size()) {
        throw new IllegalArgumentException(
            "at most " + MAX_ALARM_CONTACTS + " alarmContacts, each once");
      }
      alarmContacts = List.copyOf(alarmContacts);
    }

    private Values with(Fields settings) {
      return settings.all(
          named ->
              new Values(
                  named.optionalInteger("leaseSeconds").stream()
                      .mapToObj(Duration::ofSeconds)
                      .findFirst()
                      .orElse(lease),
                  named.has("twoPersons")
                      ? Set.copyOf(named.values("twoPersons", Verb::named))
                      : twoPersons,
                  named.optionalOneOf("releasedBy", Role::ofWire).orElse(releasedBy),
                  named.optionalText("note").orElse(note),
                  named.optionalObject("driver").map(driver::with).orElse(driver),
                  named.has("reactions")
                      ? named.objects("reactions").stream().map(Reaction::read).toList()
                      : reactions,
                  named.has("alarms")
                      ? Optional.of(AlarmRules.read(named.objects("alarms")))
                      : alarms,
                  named.has("alarmContacts")
                      ? named.values("alarmContacts", BareJid::parse)
                      : alarmContacts,
                  named.has("prices") ? PricePlan.read(named.object("prices")) : prices));
    }
  }

  /**
   * @param saved what the predecessor left with {@link #save}
   * @param watching what the device watches for now; asked when that is to change
   */
  DeviceSettings(Values installed, Optional<Fields> saved, Supplier<AlarmRules> watching) {
    this.watching = watching;
    this.installed = installed;
    this.inForce = installed;
    this.applied =
        saved
            .flatMap(state -> state.optionalObject("settings"))
            .map(
                settings ->
                    new Instruction.Configure(
                        settings.integer("revision"),
                        settings.optionalTree("values").orElseThrow()));
    applied.ifPresent(last -> inForce = restore(last));
  }

  private Values restore(Instruction.Configure last) {
    try {
      return read(last);
    } catch (Refused e) {
      throw new JournalException(
          "the journal holds settings revision "
              + last.revision()
              + ", which do not fit this configuration: "
              + e.refusal().text());
    }
  }

  private Values read(Instruction.Configure configure) {
    try {
      return installed.with(Fields.of(whole(configure).settings()));
    } catch (Refused e) {
      if (e.refusal().reason() == Reason.SUPERSEDED) {
        throw e;
      }
      throw new Refused(Reason.INVALID_ARGUMENT, e.refusal().text());
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.INVALID_ARGUMENT, e.getMessage());
    }
  }

  /** With what it leaves as it is, if it amends the revision in force. */
  private Instruction.Configure whole(Instruction.Configure configure) {
    ObjectNode said = configure.settings();
    if (!said.has(AMENDS)) {
      return configure;
    }
    requireInForce(Fields.of(said).some(known -> known.integer(AMENDS)));
    ObjectNode whole = applied.map(Instruction.Configure::settings).orElseGet(Json::object);
    whole = whole.deepCopy();
    for (String name : (Iterable<String>) said::fieldNames) {
      if (name.equals(ALARM_CHANGES)) {
        List<Fields> changes = Fields.of(said).some(known -> known.objects(ALARM_CHANGES));
        whole.set(ALARMS, watching.get().with(changes).write());
      } else if (!name.equals(AMENDS)) {
        whole.set(name, said.get(name));
      }
    }
    return new Instruction.Configure(configure.revision(), whole);
  }

  private void requireInForce(long amended) {
    long revision = revision().orElse(0);
    if (amended != revision) {
      throw new Refused(
          Refusal.of(
              Reason.SUPERSEDED,
              "settings revision %d is in force, not %d, which is to be amended",
              revision,
              amended));
    }
  }

  Values inForce() {
    return inForce;
  }

  OptionalLong revision() {
    return applied.stream().mapToLong(Instruction.Configure::revision).findFirst();
  }

  /** Why these settings cannot be applied; nothing is changed by asking. */
  Optional<Refusal> refuse(Instruction.Configure configure) {
    if (applied.filter(last -> last.revision() >= configure.revision()).isPresent()) {
      return Optional.of(
          Refusal.of(
              Reason.SUPERSEDED,
              "settings revision %d is in force; a later one is needed, not %d",
              applied.get().revision(),
              configure.revision()));
    }
    try {
      read(configure);
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.refusal());
    }
  }

  /** Whether a verb that needs two signatures would no longer need them. */
  boolean loosens(Instruction.Configure configure) {
    try {
      return !read(configure).twoPersons().containsAll(inForce.twoPersons());
    } catch (Refused e) {
      // Settings that cannot be read are refused for what is wrong with them.
      return false;
    }
  }

  /** All of it at once. */
  void apply(Instruction.Configure configure) {
    Instruction.Configure whole = whole(configure);
    inForce = read(whole);
    applied = Optional.of(whole);
  }

  void save(ObjectNode state) {
    applied.ifPresent(
        last -> {
          ObjectNode settings = Json.object().put("revision", last.revision());
          settings.set("values", last.settings());
          state.set("settings", settings);
        });
  }
}
