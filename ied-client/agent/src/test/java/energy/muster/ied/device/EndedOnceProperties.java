// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.wire.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever is delivered, taken back and asked after in whatever order, and whenever the device
 * dies: an order ends once, and moves the actuator only if its outcome says so.
 */
class EndedOnceProperties {
  private static final int ORDERS = 3;
  private static final int DELIVER = 0;
  private static final int CANCEL = 1;
  private static final int INQUIRE = 2;
  private static final int PASS_TIME = 3;

  private record Step(int what, int order, int diesAfter) {}

  /**
   * Each number is a step: what is done, to which order (the first at once, the others at a time of
   * their own), and after how many more journal entries the device dies, from 8 on not at all.
   */
  @Property(tries = 60)
  void anOrderEndsOnceAndMovesOnlyWhatItsOutcomeSays(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 143) Integer> numbers)
      throws IOException {
    Path folder = Files.createTempDirectory("muster-ended-once");
    CountingDriver.Settings actuator = new CountingDriver.Settings();
    try (OneDevice device = new OneDevice(folder, "gen-1", actuator)) {
      List<Orders> orders = new ArrayList<>();
      List<Payload> deliveries = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        Orders order = device.site().order(i % 2 == 0 ? Verb.START : Verb.STOP);
        orders.add(i == 0 ? order : order.executeAt(device.in(Duration.ofSeconds(40L * i))));
        deliveries.add(orders.get(i).delivery());
      }
      Map<DocumentId, Result> said = new HashMap<>();
      for (int number : numbers) {
        Step step = new Step(number % 4, number / 4 % ORDERS, number / 12);
        if (step.diesAfter() < 8) {
          device.journal().dieAfter(step.diesAfter());
        }
        Orders order = orders.get(step.order());
        switch (step.what()) {
          case DELIVER -> device.tryAsk(deliveries.get(step.order()));
          case CANCEL ->
              device.tryAsk(device.site().order(new Instruction.Cancel(order.id())).delivery());
          case INQUIRE -> device.tryAsk(order.inquiry());
          case PASS_TIME -> device.advance(Duration.ofSeconds(30));
          default -> throw new IllegalArgumentException("step " + step);
        }
        remember(device, orders, said);
        if (step.diesAfter() < 8) {
          device.restart();
        }
      }
      for (int i = 0; i < ORDERS; i++) {
        device.tryAsk(deliveries.get(i));
      }
      device.advance(Duration.ofMinutes(11));
      for (Orders order : orders) {
        device.ask(order.inquiry());
      }
      remember(device, orders, said);
      for (Orders order : orders) {
        int moved = actuator.executions().getOrDefault(order.id(), 0);
        assertThat(moved).isEqualTo(said.get(order.id()) instanceof Result.Executed ? 1 : 0);
      }
    } finally {
      delete(folder);
    }
  }

  /** Every outcome of an order that was ever sent says the same. */
  private static void remember(
      OneDevice device, List<Orders> orders, Map<DocumentId, Result> said) {
    for (Orders order : orders) {
      for (Outcome outcome : device.site().outcomes(order.id())) {
        Result before = said.putIfAbsent(order.id(), outcome.result());
        assertThat(outcome.result()).isEqualTo(before == null ? outcome.result() : before);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    Files.delete(folder);
  }
}
