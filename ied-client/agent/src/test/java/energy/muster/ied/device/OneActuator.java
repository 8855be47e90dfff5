// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Verb;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A device, and how often what it moves was moved. */
abstract class OneActuator {
  static final Duration MINUTE = Duration.ofMinutes(1);

  final CountingDriver.Settings actuator = new CountingDriver.Settings();
  @TempDir Path folder;
  OneDevice device;
  private final String name;

  OneActuator(String name) {
    this.name = name;
  }

  @BeforeEach
  void start() {
    device = new OneDevice(folder, name, actuator);
  }

  @AfterEach
  void close() {
    device.close();
  }

  Orders startIn(Duration wait) {
    return device.site().order(Verb.START).executeAt(device.in(wait));
  }

  int executed(Orders order) {
    return actuator.executions().getOrDefault(order.id(), 0);
  }
}
