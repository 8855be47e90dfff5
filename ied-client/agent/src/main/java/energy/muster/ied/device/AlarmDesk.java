// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmRules;
import energy.muster.alarm.Happening;
import energy.muster.alarm.Reading;
import energy.muster.alarm.RuleName;
import energy.muster.alarm.Trigger;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.ied.alarm.AlarmWatch;
import energy.muster.ied.alarm.AlarmWatch.Standing;
import energy.muster.ied.alarm.AlarmWords;
import energy.muster.ied.alarm.Turn;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.clock.WakeUp;
import energy.muster.ied.journal.KeptAlarm;
import energy.muster.link.Link;
import energy.muster.presence.Location;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Raises this device's alarms: watches, signs, keeps, and hands over to the post. An alarm is
 * raised whatever the clock and the disk are like, and says if the clock is unsure. Used by one
 * thread at a time.
 */
final class AlarmDesk {
  private static final String WITHDRAWN = "its rule is in force no longer";

  private final SigningIdentity identity;
  private final Site site;
  private final Equipment equipment;
  private final Optional<Location> location;
  private final Executor executor;
  private final AlarmWatch watch = new AlarmWatch();
  private final WakeUp wakeUp;
  private final AlarmPost post;
  private final Map<RuleName, Onset> open = new LinkedHashMap<>();

  /** The onset of an alarm that is not over, and the worst that is kept of it. */
  private record Onset(Alarm alarm, Optional<BigDecimal> worst) {}

  /**
   * @param location where the device stands, for whoever has to go there
   */
  AlarmDesk(
      SigningIdentity identity,
      Site site,
      Equipment equipment,
      Optional<Location> location,
      Timer timer,
      Executor executor) {
    this.identity = identity;
    this.location = location;
    this.site = site;
    this.equipment = equipment;
    this.executor = executor;
    this.wakeUp = new WakeUp(site.clock(), timer);
    this.post =
        new AlarmPost(
            executor,
            timer,
            new DirectCalls(equipment::alarmContacts, timer, executor, this::told),
            new AlarmPost.Fates() {
              @Override
              public void taken(Alarm alarm, OptionalLong number) {
                site.events().alarmTaken(device(), alarm, number);
                var unused = site.journal().alarmTaken(device(), alarm.header().id());
              }

              @Override
              public void refused(Alarm alarm, String why) {
                site.events().trouble(device(), "alarm " + alarm.rule() + ": " + why);
              }
            });
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  /** Takes up what the last run left. */
  void resume(List<KeptAlarm> kept) {
    for (KeptAlarm one : kept) {
      Alarm alarm = one.alarm();
      if (alarm.isOnset()) {
        open.put(alarm.rule(), new Onset(alarm, one.worst()));
      } else {
        open.values().removeIf(onset -> onset.alarm().occurrence().equals(alarm.occurrence()));
      }
      if (!one.taken()) {
        post.add(alarm, one.sealed());
      }
    }
    watch.follow(
        equipment.alarmRules(),
        open.values().stream()
            .map(
                onset ->
                    new Standing(
                        onset.alarm().rule(),
                        onset.alarm().since(),
                        onset.worst().or(() -> worst(onset.alarm()))))
            .toList());
    look();
  }

  private static Optional<BigDecimal> worst(Alarm alarm) {
    return alarm.reading().map(reading -> reading.worst());
  }

  void attach(Link opened) {
    post.attach(opened);
  }

  void proven() {
    post.proven();
  }

  void cut() {
    post.cut();
  }

  boolean quiet() {
    return post.empty();
  }

  void close() {
    wakeUp.cancel();
  }

  /** Something may have changed: a value, a setting, or what time it is. */
  void look() {
    TrustedClock.Reading clock = site.clock().read();
    AlarmRules rules = equipment.alarmRules();
    if (!rules.equals(watch.rules())) {
      watch.follow(rules);
    }
    watch.take(equipment.sample(), clock.now()).forEach(turn -> raise(turn, clock));
    withdraw(clock);
    keepWorst();
    watch.due().ifPresentOrElse(due -> wakeUp.set(due, this::look), wakeUp::cancel);
  }

  /** What is open under no rule any more ends here: nobody else will see it end. */
  private void withdraw(TrustedClock.Reading clock) {
    List<RuleName> standing = watch.standing().stream().map(Standing::rule).toList();
    for (Onset onset : List.copyOf(open.values())) {
      Alarm begun = onset.alarm();
      if (!standing.contains(begun.rule())) {
        over(begun, begun.reading(), WITHDRAWN, clock);
      }
    }
  }

  private void keepWorst() {
    for (Standing standing : watch.standing()) {
      Onset onset = open.get(standing.rule());
      if (onset != null
          && standing.worst().isPresent()
          && !standing.worst().equals(onset.worst())) {
        open.put(standing.rule(), new Onset(onset.alarm(), standing.worst()));
        var unused =
            site.journal().worsened(device(), onset.alarm().occurrence(), standing.worst().get());
      }
    }
  }

  private void raise(Turn turn, TrustedClock.Reading clock) {
    if (turn.event() == Alarm.Event.ONSET) {
      begun(turn, clock);
    } else {
      Optional.ofNullable(open.get(turn.rule().name()))
          .ifPresent(onset -> over(onset.alarm(), turn.reading(), AlarmWords.of(turn), clock));
    }
  }

  private void begun(Turn turn, TrustedClock.Reading clock) {
    Header header = header(clock.now());
    Alarm alarm =
        new Alarm(
            header,
            header.id(),
            turn.rule().name(),
            Alarm.Event.ONSET,
            turn.rule().priority(),
            turn.reading(),
            turn.since(),
            clock.sure(),
            turn.rule().latching(),
            AlarmWords.of(turn),
            location);
    open.put(alarm.rule(), new Onset(alarm, worst(alarm)));
    boolean lastGasp =
        turn.rule().trigger() instanceof Trigger.Noticed noticed
            && noticed.event() == Happening.SUPPLY_LOST;
    keep(alarm, lastGasp);
  }

  private void over(
      Alarm onset, Optional<Reading> reading, String text, TrustedClock.Reading clock) {
    open.remove(onset.rule());
    Instant now = clock.now().isBefore(onset.since()) ? onset.since() : clock.now();
    keep(
        new Alarm(
            header(now),
            onset.occurrence(),
            onset.rule(),
            Alarm.Event.RETURN,
            onset.priority(),
            reading,
            onset.since(),
            clock.sure() && onset.clockSure(),
            onset.latching(),
            text,
            Optional.empty()),
        false);
  }

  private Header header(Instant now) {
    return new Header(DocumentType.ALARM, site.name(), DocumentId.next(now), device(), now);
  }

  /**
   * On disk first, so that no kill loses what somebody has heard of; but a device without supply
   * speaks while it can.
   */
  private void keep(Alarm alarm, boolean lastGasp) {
    Sealed sealed = Sealer.seal(alarm.write(), alarm.header().issuedAt(), identity);
    site.events().alarm(device(), alarm);
    CompletableFuture<Void> kept = site.journal().raise(device(), alarm, sealed);
    if (lastGasp) {
      post.gasp(alarm, sealed);
    }
    var unused =
        kept.whenCompleteAsync(
            (synced, error) -> {
              if (error != null) {
                site.events()
                    .trouble(device(), "alarm " + alarm.rule() + " is told but not kept: " + error);
              }
              if (!lastGasp) {
                post.add(alarm, sealed);
              }
            },
            executor);
  }

  private void told(Alarm alarm, BareJid person) {
    site.events().alarmTold(device(), alarm, person);
  }
}
