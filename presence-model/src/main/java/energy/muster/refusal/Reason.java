// SPDX-License-Identifier: Apache-2.0
package energy.muster.refusal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a service or a device says no. The wire names are stable: a name is never reused, and a new
 * one raises {@link #LIST_VERSION}. Terms are those of IEEE 2030.5 responses and IEC 61850-7-2
 * AddCause where they have one.
 */
public enum Reason {
  MALFORMED("malformed"),
  TOO_LARGE("too-large"),
  NOT_AUTHORISED("not-authorised"),
  UNTRUSTED("untrusted"),
  REVOKED("revoked"),
  TRUST_STALE("trust-stale"),
  BAD_SIGNATURE("bad-signature"),
  REPLAYED("replayed"),
  ID_CONFLICT("id-conflict"),
  STALE("stale"),
  CLOCK_UNSURE("clock-unsure"),
  WRONG_TARGET("wrong-target"),
  PRECONDITION("precondition"),
  NOT_SELECTED("not-selected"),
  SUPERSEDED("superseded"),
  CRITICAL_PROCESS("critical-process"),
  INTERLOCKED("interlocked"),
  LOCAL_CONTROL("local-control"),
  ALREADY_THERE("already-there"),
  OUT_OF_ENVELOPE("out-of-envelope"),
  BUSY("busy"),
  NO_SPACE("no-space"),
  RATE_LIMITED("rate-limited"),
  UNSUPPORTED("unsupported"),
  INVALID_ARGUMENT("invalid-argument"),
  HARDWARE_FAULT("hardware-fault"),
  /** The sender's session has not proven its key to the service (or the proof has lapsed). */
  NOT_PROVEN("not-proven"),
  /** Nothing by that name that the sender may know of; the same answer whether it exists or not. */
  UNKNOWN("unknown"),
  /** The addressed device has no session that could take the command now. */
  AWAY("away"),
  /** An order that waited on the device for its time was taken back by its issuer. */
  CANCELLED("cancelled"),
  /** What was to be taken back is done, refused or being done; the text says which and when. */
  TOO_LATE("too-late"),
  /** A firmware, or a list of them, below what was there before. */
  ROLLBACK("rollback"),
  /** A firmware that does not stand in the current list of releases. */
  NOT_RELEASED("not-released"),
  /** Bytes that are not those that were signed: in length or in content. */
  CORRUPT("corrupt"),
  /** The bytes could not be had: nobody there, too slow, or without end. */
  TRANSFER_FAILED("transfer-failed"),
  /** The new firmware did not come up as what it is said to be; the old one runs again. */
  SELF_TEST_FAILED("self-test-failed"),
  /** The scanner found something in it, or it could not be scanned and policy asks for that. */
  CONTENT_REFUSED("content-refused");

  public static final int LIST_VERSION = 3;

  private static final Set<Reason> PASSING =
      EnumSet.of(BUSY, NO_SPACE, RATE_LIMITED, NOT_PROVEN, AWAY);

  private static final Map<String, Reason> BY_WIRE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Reason::wire, Function.identity()));

  private final String wire;

  Reason(String wire) {
    this.wire = wire;
  }

  /** The name on the wire and in transcripts, such as {@code critical-process}. */
  public String wire() {
    return wire;
  }

  /** Whether nothing is wrong with what was refused: the very same may be taken a little later. */
  public boolean passes() {
    return PASSING.contains(this);
  }

  public static Optional<Reason> ofWire(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  @Override
  public String toString() {
    return wire;
  }
}
