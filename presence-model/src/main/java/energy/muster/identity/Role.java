// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a certificate lets its holder be. Numbers 0 to 5 are the roles of IEC 62351-8; the negative
 * ones are from its private range, defined by the role definition {@code muster-1}.
 */
public enum Role {
  VIEWER("viewer", 0),
  OPERATOR("operator", 1),
  ENGINEER("engineer", 2),
  INSTALLER("installer", 3),
  SECURITY_ADMIN("security-admin", 4),
  AUDITOR("auditor", 5),
  TARIFF_PUBLISHER("tariff-publisher", -1),
  FIRMWARE_BUILDER("firmware-builder", -2),
  FIRMWARE_RELEASER("firmware-releaser", -3),
  TIME_AUTHORITY("time-authority", -4),
  BRANCH_CONTROLLER("branch-controller", -5),
  /** Acts on commands and signs its own outcomes; the areas of its grants are its memberships. */
  DEVICE("device", -6);

  private static final Map<String, Role> BY_WIRE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Role::wire, Function.identity()));
  private static final Map<Integer, Role> BY_NUMBER =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Role::number, Function.identity()));

  private final String wire;
  private final int number;

  Role(String wire, int number) {
    this.wire = wire;
    this.number = number;
  }

  /** The name in documents and on command lines, such as {@code security-admin}. */
  public String wire() {
    return wire;
  }

  /** The RoleID in a certificate. */
  public int number() {
    return number;
  }

  /** Whether it is one of IEC 62351-8's own, which the people have who run a plant. */
  public boolean ofStaff() {
    return number >= 0;
  }

  public static Optional<Role> ofWire(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  public static Optional<Role> ofNumber(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  @Override
  public String toString() {
    return wire;
  }
}
