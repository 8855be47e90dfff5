// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be asked of a device. The one list; a new verb raises {@link #LIST_VERSION}. */
public enum Verb {
  SELECT("select"),
  SHED("shed"),
  RESTORE("restore"),
  START("start"),
  STOP("stop"),
  OPEN("open"),
  CLOSE("close"),
  LIMIT("limit"),
  SET_POINT("set-point"),
  RESTRICT("restrict"),
  RELEASE("release"),
  READ("read"),
  RESET("reset"),
  CONFIGURE("configure"),
  SET_TARIFF("set-tariff"),
  OVERRULE("overrule"),
  SYNC_TIME("sync-time"),
  UPGRADE("upgrade"),
  CANCEL("cancel");

  public static final int LIST_VERSION = 1;

  private static final Map<String, Verb> BY_WIRE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Verb::wire, Function.identity()));

  private final String wire;

  Verb(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  public static Optional<Verb> ofWire(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  public static Verb named(String wire) {
    return ofWire(wire).orElseThrow(() -> new IllegalArgumentException("no verb '" + wire + "'"));
  }

  /**
   * Whether it leaves the process alone; such a command is taken in every state of clock, trust and
   * restriction.
   */
  public boolean onlyLooks() {
    return this == READ;
  }

  @Override
  public String toString() {
    return wire;
  }
}
