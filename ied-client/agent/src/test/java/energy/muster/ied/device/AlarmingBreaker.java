// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.HeardAlarm;
import energy.muster.alarm.Reach;
import energy.muster.command.Instruction;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Result;
import energy.muster.presence.Position;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A breaker whose surroundings a test plays, with a service and people that take its alarms. */
abstract class AlarmingBreaker {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final BareJid OP_1 = TestPki.jid("op-1");
  static final BareJid OP_2 = TestPki.jid("op-2");

  @TempDir private Path folder;
  final List<Alarm> taken = new ArrayList<>();
  final List<String> handed = new ArrayList<>();
  OneDevice one;
  boolean silent;

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "sw2",
            new DriverSettings.Played(
                new DriverSettings.Breaker(Position.CLOSED, false), folder.resolve("script.json")));
    listen();
  }

  @AfterEach
  void close() {
    one.close();
  }

  void restart() {
    one.restart();
    listen();
  }

  /** The service takes what the device has signed, unless it is silent. */
  void listen() {
    one.site()
        .link()
        .service(
            payload -> {
              if (payload.wire() != Wire.ALARM) {
                return CompletableFuture.completedFuture(Payload.empty(payload.wire()));
              }
              if (silent) {
                return CompletableFuture.failedFuture(new LinkException("no answer"));
              }
              taken.add(heard(payload));
              return CompletableFuture.completedFuture(
                  Payload.of(Wire.ALARM, Json.object().put("number", taken.size())));
            });
  }

  Alarm heard(Payload payload) {
    return HeardAlarm.of(
            payload.requireSealed(),
            one.site().jid(),
            TestPki.SITE,
            one.site().pki().trust(),
            one.site().pki().now())
        .alarm();
  }

  void play(String scene) {
    try {
      Files.writeString(folder.resolve("script.json"), scene.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    one.advance(SECOND);
    one.advance(Duration.ZERO);
  }

  void load(double percent) {
    play("{'load':" + percent + "}");
  }

  void seconds(int count) {
    for (int i = 0; i < count; i++) {
      one.advance(SECOND);
    }
  }

  Result configure(long revision, String settings) {
    ObjectNode values = Json.parse(settings.replace('\'', '"'));
    return one.carryOut(
        Orders.order(
            one.site().pki().identity("eng-1", Role.ENGINEER, "*"),
            one.site().jid(),
            new Instruction.Configure(revision, values),
            one.now()));
  }

  List<String> told() {
    return taken.stream().map(alarm -> alarm.rule() + " " + alarm.event().wire()).toList();
  }

  /** These are there, and answer; the others are not. */
  void there(BareJid... people) {
    one.site()
        .link()
        .others(
            (to, payload) -> {
              for (BareJid person : people) {
                FullJid session = new FullJid(person, "console");
                if (payload.wire() == Wire.REACH && to.equals(person.toString())) {
                  return CompletableFuture.completedFuture(
                      new Reach(Map.of(session, Show.AVAILABLE)).payload());
                }
                if (payload.wire() == Wire.ALARM && to.equals(session.toString())) {
                  Alarm alarm = heard(payload);
                  handed.add(person.local() + " " + alarm.rule() + " " + alarm.event().wire());
                  return CompletableFuture.completedFuture(Payload.empty(Wire.ALARM));
                }
              }
              return CompletableFuture.failedFuture(new Refused(Reason.AWAY, "not there"));
            });
  }
}
