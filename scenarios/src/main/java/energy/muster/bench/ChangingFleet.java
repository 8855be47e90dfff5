// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.identity.BareJid;
import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.config.DeviceConfig;
import energy.muster.ied.config.Secrets;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Many loads in one process that each say something new every ten seconds, spread evenly, in the
 * words of a real device; the revision of what they say is the moment they say it. As devices with
 * keys, or as plain clients whom anybody may have on a roster.
 */
public final class ChangingFleet implements LinkListener {
  static final Duration EVERY = Duration.ofSeconds(10);

  private static final long NANOS_PER_REVISION = 1000;
  private static final int KW = 20;
  private static final int STEPS = 100;

  private final BareJid account;
  private final LinkState wanted;
  private final Set<BareJid> up;
  private Link link;

  private ChangingFleet(BareJid account, LinkState wanted, Set<BareJid> up) {
    this.account = account;
    this.wanted = wanted;
    this.up = up;
  }

  /** Arguments: a configuration as a gateway has it, {@code proven} or {@code plain}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AgentConfig config = AgentConfig.read(Path.of(arguments[0]));
    boolean proven = arguments[1].equals("proven");
    Set<BareJid> up = ConcurrentHashMap.newKeySet();
    List<ChangingFleet> all = new ArrayList<>();
    for (DeviceConfig device : config.devices()) {
      LinkState wanted = proven ? LinkState.PROVEN : LinkState.CONNECTED;
      ChangingFleet one = new ChangingFleet(device.jid(), wanted, up);
      one.link = Links.open(link(config, device, proven), one);
      one.announce();
      all.add(one);
    }
    synchronized (up) {
      while (up.size() < all.size()) {
        up.wait();
      }
    }
    say("up", 0);
    long apart = EVERY.toNanos() / all.size();
    Ticks ticks = new Ticks(all);
    var unused =
        Executors.newSingleThreadScheduledExecutor()
            .scheduleAtFixedRate(ticks, apart, apart, TimeUnit.NANOSECONDS);
    // Until its parent ends it.
    new CountDownLatch(1).await();
  }

  static LinkConfig link(AgentConfig config, DeviceConfig device, boolean proven) {
    return new LinkConfig(
        config.server(),
        device.jid(),
        Secrets.password(device),
        config.tlsAnchors(),
        proven ? Optional.of(Secrets.identity(device)) : Optional.empty(),
        config.site(),
        1,
        () -> 0,
        LinkConfig.ANSWER_WITHIN);
  }

  /** One device after the other, and round again. */
  private static final class Ticks implements Runnable {
    private final List<ChangingFleet> all;
    private int next;
    private int rounds;

    Ticks(List<ChangingFleet> all) {
      this.all = all;
    }

    @Override
    public void run() {
      all.get(next++).announce();
      if (next == all.size()) {
        next = 0;
        say("round", ++rounds);
      }
    }
  }

  private static void say(String event, int number) {
    System.out.println(Json.text(Json.object().put("event", event).put("number", number)));
  }

  /** How long ago what has this revision was said, on the clock of this machine. */
  static long nanosSince(long revision) {
    return System.nanoTime() - revision * NANOS_PER_REVISION;
  }

  private void announce() {
    long revision = System.nanoTime() / NANOS_PER_REVISION;
    BigDecimal kw = BigDecimal.valueOf(KW + revision % STEPS / 10.0);
    DevicePresence now =
        new DevicePresence(
            revision,
            DeviceKind.LOAD,
            Operating.ON,
            Optional.empty(),
            Optional.empty(),
            Map.of(Quantity.POWER, kw, Quantity.SHEDDABLE, kw),
            List.of(),
            Duration.ofMinutes(1));
    link.announce(
        new Announcement(
            Show.AVAILABLE,
            "on, " + kw.toPlainString() + " kW",
            Optional.of(Payload.of(Wire.DEVICE, now.write()))));
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    return CompletableFuture.failedFuture(
        new Refused(Reason.UNSUPPORTED, "this device only says how it is"));
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == wanted) {
      synchronized (up) {
        up.add(account);
        up.notifyAll();
      }
    }
  }
}
