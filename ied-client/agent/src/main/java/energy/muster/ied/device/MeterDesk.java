// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.Condition;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.ied.journal.KeptMeter;
import energy.muster.ied.metering.IntervalCount;
import energy.muster.ied.metering.Progress;
import energy.muster.link.Link;
import energy.muster.metering.IntervalEnergy;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Counts this device's energy and keeps what it counted: looks at the thing once a minute and
 * whenever it changes, and has an interval that is over on disk before it is told. Used by one
 * thread at a time.
 */
final class MeterDesk {
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  /** What a full disk does not take is offered again, for two days of quarter hours. */
  private static final int MOST_UNWRITTEN = 192;

  private final BareJid device;
  private final Site site;
  private final Equipment equipment;
  private final Timer timer;
  private final Executor executor;
  private final Runnable counted;
  private final Optional<MeteringPoint> point;
  private final ReadingsPost post;
  private final List<IntervalEnergy> unwritten = new ArrayList<>();
  private Optional<IntervalCount> count = Optional.empty();
  private Timer.Pending next = Timer.Pending.NONE;
  private boolean closed;

  /**
   * @param counted told when more is on disk
   */
  MeterDesk(
      BareJid device,
      Site site,
      Equipment equipment,
      ReadingsPost post,
      Runnable counted,
      Timer timer,
      Executor executor) {
    this.device = device;
    this.site = site;
    this.equipment = equipment;
    this.post = post;
    this.counted = counted;
    this.timer = timer;
    this.executor = executor;
    this.point = equipment.meteringPoint();
  }

  /** Takes up what the last run left, if the thing meters at all. */
  void resume() {
    if (point.isPresent()) {
      var unused =
          site.journal().meter(device).thenAcceptAsync(kept -> begin(point.get(), kept), executor);
    }
  }

  private void begin(MeteringPoint metering, KeptMeter kept) {
    if (closed) {
      return;
    }
    count = Optional.of(new IntervalCount(metering, kept.progress().map(Progress::read)));
    post.resume(metering, kept);
    tick();
  }

  private void tick() {
    next.cancel();
    look();
    Instant now = site.clock().instant();
    Instant due = count.orElseThrow().due().orElseThrow();
    Duration untilDue = Duration.between(now, due);
    next = timer.after(untilDue.compareTo(LOOK_EVERY) < 0 ? untilDue : LOOK_EVERY, this::tick);
  }

  /** The thing may have changed, or an interval may be over. */
  void look() {
    if (count.isEmpty() || closed) {
      return;
    }
    TrustedClock.Reading clock = site.clock().read();
    IntervalCount counting = count.get();
    List<IntervalEnergy> over = counting.look(clock.now(), clock.sure(), kilowatts());
    String progress = counting.progress().orElseThrow().write();
    if (over.isEmpty() && unwritten.isEmpty()) {
      var unused = site.journal().counting(device, progress);
      return;
    }
    unwritten.addAll(over);
    List<IntervalEnergy> all = List.copyOf(unwritten);
    var unused =
        site.journal()
            .metered(device, all, progress)
            .whenCompleteAsync((kept, error) -> written(all, error), executor);
  }

  /** What flows towards the thing; a generator's power flows away from it. */
  private BigDecimal kilowatts() {
    Condition now = equipment.condition();
    BigDecimal power = now.quantities().getOrDefault(Quantity.POWER, BigDecimal.ZERO);
    return now.kind() == DeviceKind.GENERATOR ? power.negate() : power;
  }

  private void written(List<IntervalEnergy> all, Throwable error) {
    if (error == null) {
      unwritten.removeAll(all);
      post.more(all.get(all.size() - 1).start().plus(point.orElseThrow().step()));
      counted.run();
      return;
    }
    site.events().trouble(device, "intervals are not kept yet: " + error.getMessage());
    while (unwritten.size() > MOST_UNWRITTEN) {
      unwritten.remove(0);
    }
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
    return post.quiet();
  }

  void close() {
    look();
    closed = true;
    next.cancel();
  }
}
