// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.json.Fields;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Crl;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.function.Consumer;

/** Whom to believe by the newest revocation lists, and a warning while those are not current. */
final class Revocations {
  private final Monitor monitor;
  private final Setup setup;
  private final Consumer<Event> events;
  private Trust trust;
  private boolean awaited = true;
  private boolean warned;

  Revocations(Monitor monitor, Setup setup, Consumer<Event> events) {
    this.monitor = monitor;
    this.setup = setup;
    this.events = events;
    this.trust = setup.trust();
  }

  Trust trust() {
    return monitor.read(() -> trust);
  }

  void take(Payload question) {
    String base64 = Fields.of(question.requireLargeJson()).some(fields -> fields.text("crl"));
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "the revocation list is not base64");
    }
    monitor.update(
        () -> {
          trust = trust.withCrl(der);
          Instant now = setup.clock().instant();
          if (warned && !trust.stale(now)) {
            warned = false;
            events.accept(new Event.Said(now, "a current revocation list has come"));
          }
        });
  }

  /** The service has sent what it has: what is missing now is missing. */
  void settled() {
    monitor.update(() -> awaited = false);
    warn();
  }

  boolean stale() {
    return monitor.read(() -> !awaited && trust.stale(setup.clock().instant()));
  }

  /** Warns, once until there is a current list again. */
  void warn() {
    monitor.update(
        () -> {
          if (!warned && stale()) {
            warned = true;
            events.accept(
                new Event.Warned(
                    setup.clock().instant(),
                    "no current revocation list: "
                        + why()
                        + ". A revoked key would still be believed here, and a device without a"
                        + " current list refuses all but read. Whoever keeps the authority publishes"
                        + " one with muster pki crl; the service passes it on."));
          }
        });
  }

  private String why() {
    return !trust.complete()
        ? "none has come from the service"
        : "the last was good until "
            + trust.crls().stream()
                .map(Crl::staleAfter)
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .atZone(setup.zone())
                .toLocalDateTime();
  }
}
