// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.exchange.Destination;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.MarketRecord;
import energy.muster.service.journal.MarketRecord.LastSet;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.Position;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a change set of what changed in a period, one for each class of data, and gives them to
 * whoever keeps a copy, from where they stopped. What changed is on disk before it is in a set, and
 * the set before anybody has it. Only for use at the desk.
 */
public final class ExchangeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeDesk.class);

  /** So many are laid out for any client; whoever is further behind asks the service. */
  private static final int LAID_OUT = 200;

  private static final int MOST_SETS = 50;

  private record Key(BareJid account, DataClass dataClass) {}

  private final Map<DataClass, LastSet> last = new EnumMap<>(DataClass.class);
  private final Map<Key, Destination> destinations = new HashMap<>();
  private final Set<DataClass> closing = EnumSet.noneOf(DataClass.class);

  /** Whose last one may be on disk without being known here. */
  private final Set<DataClass> doubtful = EnumSet.noneOf(DataClass.class);

  private final Duration period;
  private final Ledger ledger;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private Nodes nodes = Nodes.NONE;

  public ExchangeDesk(
      Duration period,
      Ledger ledger,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.period = period;
    this.ledger = ledger;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
  }

  public void recover(MarketRecord known) {
    last.putAll(known.sets());
    for (Position position : known.positions()) {
      destinations.put(
          new Key(position.account(), position.destination().dataClass()), position.destination());
    }
  }

  /** A device has come that was not known, or not under this certificate. */
  public Entry known(Certified device) {
    ObjectNode record =
        Json.object()
            .put("device", device.jid().toString())
            .put("serial", device.serial().toString(16))
            .put("until", device.notAfter().toString());
    ArrayNode areas = record.putArray("areas");
    device.memberships().stream().map(Area::name).sorted().forEach(areas::add);
    return new Entry.Changed(DataClass.DEVICES, List.of("registry"), clock.instant(), record);
  }

  /** Lays out the last change sets, from now on also what comes. */
  public void begin(Nodes layOut) {
    nodes = layOut;
    last.forEach(
        (dataClass, set) ->
            journal
                .changeSets(dataClass, Math.max(0, set.number() - LAID_OUT), LAID_OUT)
                .thenAccept(sets -> desk.put(() -> sets.forEach(this::layOut))));
    Instant now = clock.instant();
    long step = period.toMillis();
    Instant first = Instant.ofEpochMilli((now.toEpochMilli() / step + 1) * step);
    timetable.after(Duration.between(now, first), this::periodOver);
  }

  private void periodOver() {
    for (DataClass dataClass : DataClass.values()) {
      close(dataClass);
    }
    timetable.after(period, this::periodOver);
  }

  private void close(DataClass dataClass) {
    if (closing.add(dataClass)) {
      settled(dataClass)
          .thenCompose(known -> journal.changes(dataClass, Batch.MOST_RECORDS + 1))
          .whenComplete(
              (changes, failure) ->
                  desk.put(
                      () -> {
                        if (failure == null && !changes.isEmpty()) {
                          close(dataClass, changes);
                        } else {
                          closing.remove(dataClass);
                        }
                      }));
    }
  }

  /** Completes when it is known which was the last. */
  private CompletionStage<Void> settled(DataClass dataClass) {
    if (!doubtful.contains(dataClass)) {
      return CompletableFuture.completedFuture(null);
    }
    return journal
        .changeSets(dataClass, newest(dataClass), 1)
        .thenCompose(
            sets ->
                desk.ask(
                    () -> {
                      doubtful.remove(dataClass);
                      sets.forEach(this::closed);
                      return CompletableFuture.completedFuture(null);
                    }));
  }

  private long newest(DataClass dataClass) {
    return last.getOrDefault(dataClass, new LastSet(0, Instant.EPOCH)).number();
  }

  private void closed(ChangeSet set) {
    last.put(set.dataClass(), new LastSet(set.number(), set.until()));
    layOut(set);
  }

  private void close(DataClass dataClass, List<PendingChange> changes) {
    Batch batch = Batch.of(changes);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    LastSet before = last.getOrDefault(dataClass, new LastSet(0, batch.begins(now)));
    Instant until = now.isAfter(before.until()) ? now : before.until().plus(1, ChronoUnit.MICROS);
    ChangeSet set =
        new ChangeSet(
            DocumentId.next(now),
            dataClass,
            before.number() + 1,
            before.until(),
            until,
            batch.flags(),
            batch.records());
    journal
        .append(new Entry.ChangesClosed(set, batch.upTo()))
        .whenComplete(
            (done, failure) ->
                desk.put(
                    () -> {
                      closing.remove(dataClass);
                      if (failure == null) {
                        closed(set);
                        if (batch.size() < changes.size()) {
                          close(dataClass);
                        }
                      } else {
                        doubtful.add(dataClass);
                        LOG.error("change set {} of {} is not kept", set.number(), dataClass);
                      }
                    }));
  }

  private void layOut(ChangeSet set) {
    nodes.publish(
        Nodes.changes(set.dataClass().wire()),
        String.valueOf(set.number()),
        Payload.of(Wire.CHANGE_SET, set.write()));
  }

  private record Asked(
      DataClass dataClass, Optional<List<String>> flags, Optional<Long> after, int limit) {
    static Asked read(Fields fields) {
      DataClass dataClass = fields.oneOf("class", DataClass::ofWire);
      Optional<List<String>> flags =
          fields.has("flags")
              ? Optional.of(fields.values("flags", Function.identity()))
              : Optional.empty();
      var after = fields.optionalInteger("after");
      long limit = fields.integer("limit");
      if (limit < 1 || limit > MOST_SETS) {
        throw new IllegalArgumentException("a limit is 1 to " + MOST_SETS);
      }
      return new Asked(
          dataClass,
          flags,
          after.isPresent() ? Optional.of(after.getAsLong()) : Optional.empty(),
          (int) limit);
    }
  }

  /**
   * The next change sets after those that whoever asks has, by its word or by what is kept of it.
   * Asking for what comes after one says that this one is taken.
   */
  public CompletionStage<Payload> changeSets(Session session, Payload request) {
    Certified who = session.certified().orElseThrow();
    if (session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "a device keeps no copy of others' data");
    }
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    Key key = new Key(session.account(), asked.dataClass());
    Optional<Destination> known = Optional.ofNullable(destinations.get(key));
    Destination now =
        new Destination(
            asked.dataClass(),
            asked.flags().or(() -> known.map(Destination::flags)).orElse(List.of()),
            asked.after().or(() -> known.map(Destination::upTo)).orElse(0L),
            Optional.empty());
    long newest = newest(asked.dataClass());
    if (now.upTo() > newest) {
      throw new Refused(
          Reason.INVALID_ARGUMENT,
          "there are " + newest + " change sets of " + asked.dataClass().wire());
    }
    CompletionStage<Void> kept =
        known.equals(Optional.of(now))
            ? CompletableFuture.completedFuture(null)
            : journal
                .append(new Entry.Positioned(new Position(session.account(), now)))
                .thenCompose(
                    done ->
                        desk.ask(
                            () -> {
                              destinations.put(key, now);
                              return CompletableFuture.completedFuture(null);
                            }));
    Predicate<BareJid> seen = device -> Coverage.covers(who, device, ledger);
    return kept.thenCompose(
            done -> journal.changeSets(asked.dataClass(), now.upTo(), asked.limit()))
        .thenApply(sets -> answer(now, newest, sets, seen));
  }

  private static Payload answer(
      Destination destination, long newest, List<ChangeSet> sets, Predicate<BareJid> seen) {
    ObjectNode answer =
        Json.object()
            .put("class", destination.dataClass().wire())
            .put("after", destination.upTo())
            .put("newest", newest);
    ArrayNode list = answer.putArray("sets");
    long characters = 0;
    for (ChangeSet set : sets) {
      ObjectNode written = filtered(set, destination, seen).write();
      characters += Json.text(written).length();
      // The first goes in any case: it was made to fit.
      if (list.isEmpty() || characters <= Batch.MOST_CHARACTERS) {
        list.add(written);
      } else {
        break;
      }
    }
    return Payload.of(Wire.CHANGE_SETS, answer);
  }

  /** What is not wanted is counted all the same, and what is not theirs to see is left out. */
  private static ChangeSet filtered(
      ChangeSet set, Destination destination, Predicate<BareJid> seen) {
    return set.with(
        destination.wants(set)
            ? set.records().stream()
                .filter(
                    record ->
                        !record.has("device")
                            || seen.test(BareJid.parse(record.path("device").asText())))
                .toList()
            : List.of());
  }
}
