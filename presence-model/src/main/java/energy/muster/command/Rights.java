// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which role may give which order, after the pre-defined roles of IEC 62351-8. Service and device
 * both ask here, independently of each other.
 */
public final class Rights {
  private static final Set<Role> WRITES_OFF =
      Collections.unmodifiableSet(EnumSet.of(Role.OPERATOR, Role.ENGINEER));

  private static final Set<Role> RELEASES =
      Collections.unmodifiableSet(
          EnumSet.of(Role.OPERATOR, Role.ENGINEER, Role.INSTALLER, Role.SECURITY_ADMIN));

  /** What a master IED orders by a person's mandate: what relieves a branch, and what undoes it. */
  public static final Set<Verb> MANDATED =
      Collections.unmodifiableSet(
          EnumSet.of(Verb.SHED, Verb.RESTORE, Verb.START, Verb.STOP, Verb.CLOSE, Verb.OPEN));

  /** What a device does by itself, as its signed settings have it. */
  public static final Set<Verb> OWN =
      Collections.unmodifiableSet(
          EnumSet.of(Verb.SHED, Verb.RESTORE, Verb.LIMIT, Verb.START, Verb.STOP));

  private Rights() {}

  public static Set<Role> rolesFor(Verb verb) {
    return switch (verb) {
      case READ ->
          EnumSet.of(
              Role.VIEWER,
              Role.OPERATOR,
              Role.ENGINEER,
              Role.INSTALLER,
              Role.AUDITOR,
              Role.BRANCH_CONTROLLER);
      case SHED, RESTORE, START, STOP, SELECT, OPEN, CLOSE ->
          EnumSet.of(Role.OPERATOR, Role.BRANCH_CONTROLLER);
      case LIMIT, SET_POINT, RESTRICT, OVERRULE -> EnumSet.of(Role.OPERATOR);
      // Whoever a device's settings may name; the device knows which of them it is, and who set it.
      case RELEASE -> RELEASES;
      case CANCEL ->
          EnumSet.of(Role.OPERATOR, Role.ENGINEER, Role.INSTALLER, Role.BRANCH_CONTROLLER);
      case RESET -> EnumSet.of(Role.OPERATOR, Role.ENGINEER);
      case CONFIGURE -> EnumSet.of(Role.ENGINEER);
      case UPGRADE -> EnumSet.of(Role.INSTALLER);
      case SET_TARIFF -> EnumSet.of(Role.TARIFF_PUBLISHER);
      case SYNC_TIME -> EnumSet.of(Role.TIME_AUTHORITY);
    };
  }

  /** A refusal unless one of the signer's roles allows the verb and its area covers the device. */
  public static Optional<Refusal> refuse(Certified signer, Verb verb, Certified device) {
    return refuse(signer, rolesFor(verb), verb.wire(), device);
  }

  /** Whether the signer may order it as a master IED alone, which takes a person's mandate. */
  public static boolean needsMandate(Certified signer, Verb verb, Certified device) {
    return (MANDATED.contains(verb) || verb == Verb.SELECT)
        && rolesFor(verb).stream()
            .filter(role -> role != Role.BRANCH_CONTROLLER)
            .noneMatch(role -> signer.covers(role, device));
  }

  /** Who may give up a delivery to this device as uncertain: whoever answers for its process. */
  public static Optional<Refusal> refuseWriteOff(Certified signer, Certified device) {
    return refuse(signer, WRITES_OFF, "write-off", device);
  }

  private static Optional<Refusal> refuse(
      Certified signer, Set<Role> needed, String what, Certified device) {
    if (needed.stream().noneMatch(signer::holds)) {
      return Optional.of(
          Refusal.of(
              Reason.NOT_AUTHORISED,
              "%s needs the role %s; %s does not hold it",
              what,
              needed.stream().map(Role::wire).sorted().collect(Collectors.joining(" or ")),
              signer.jid()));
    }
    if (needed.stream().noneMatch(role -> signer.covers(role, device))) {
      return Optional.of(
          Refusal.of(
              Reason.NOT_AUTHORISED,
              "%s is outside the area of responsibility of %s for %s",
              device.jid().local(),
              signer.jid(),
              what));
    }
    return Optional.empty();
  }
}
