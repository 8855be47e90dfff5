// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.warning;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Trust;
import energy.muster.warning.Warning;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The device's own judgement of what its peers warn of. The server is not believed: the issuer's
 * certificate must share the branch, the warning be fresh and not heard before, and its sender be
 * its issuer, so that it goes one hop. Used by one thread at a time.
 */
public final class WarningGate {
  private final Certified device;
  private final String site;
  private final Instant started;
  private final Map<Key, Remembered> heard = new HashMap<>();

  private record Key(BareJid issuer, DocumentId id) {}

  private record Remembered(Digest digest, Instant until) {}

  /**
   * @param device the device's own certificate
   * @param started what was warned of before is not acted on: it may have been heard then
   */
  public WarningGate(Certified device, String site, Instant started) {
    this.device = device;
    this.site = site;
    this.started = started;
  }

  /**
   * A warning that a peer has signed, and why it is not acted on, if so.
   *
   * @param digest of the signed bytes
   */
  public record Heard(Warning warning, Digest digest, Optional<Refusal> refusal) {}

  /**
   * @param from the sender, as the server stamped it
   * @throws Refused for what is no warning, or not signed by anyone of this site
   */
  public Heard judge(BareJid from, Payload payload, Reading clock, Trust trust) {
    Opened opened = trust.open(payload.requireSealed(), clock.now());
    Warning warning = Warning.read(opened.content());
    Optional<Refusal> refusal =
        refuseIssuer(warning, opened, from)
            .or(() -> refuseTime(warning, clock, trust))
            .or(() -> refuseAgain(warning, opened.digest()));
    if (refusal.isEmpty()) {
      remember(warning, opened.digest(), clock.now());
    }
    return new Heard(warning, opened.digest(), refusal);
  }

  private Optional<Refusal> refuseIssuer(Warning warning, Opened opened, BareJid from) {
    BareJid issuer = warning.header().issuer();
    if (!warning.header().site().equals(site)) {
      return no(Reason.WRONG_TARGET, "it is of the site " + warning.header().site());
    }
    Optional<Certified> signer = opened.signer(issuer);
    if (signer.isEmpty()) {
      return no(Reason.BAD_SIGNATURE, issuer + " is named as issuer but has not signed");
    }
    if (!issuer.equals(from)) {
      return no(
          Reason.NOT_AUTHORISED,
          "a warning goes one hop; "
              + from.local()
              + " passes on what "
              + issuer.local()
              + " said");
    }
    return signer.get().branchesWith(device).contains(warning.branch())
        ? Optional.empty()
        : no(Reason.NOT_AUTHORISED, issuer.local() + " is no peer on " + warning.branch());
  }

  private Optional<Refusal> refuseTime(Warning warning, Reading clock, Trust trust) {
    Instant now = clock.now();
    Instant issued = warning.header().issuedAt();
    if (trust.stale(now)) {
      return no(Reason.TRUST_STALE, "no current revocation list");
    }
    if (!clock.sure()) {
      return no(Reason.CLOCK_UNSURE, "the clock is behind what it was");
    }
    if (issued.isAfter(now.plus(Warning.LIFE))) {
      return no(Reason.STALE, "seen in the future, at " + issued + "; it is " + now);
    }
    if (now.isAfter(warning.until()) || issued.isBefore(started)) {
      return no(Reason.STALE, "void since " + warning.until() + "; it is " + now);
    }
    return Optional.empty();
  }

  private Optional<Refusal> refuseAgain(Warning warning, Digest digest) {
    return Optional.ofNullable(heard.get(key(warning)))
        .flatMap(
            before ->
                before.digest().equals(digest)
                    ? no(Reason.REPLAYED, "it was heard before")
                    : no(Reason.ID_CONFLICT, "its id was heard with other content"));
  }

  private void remember(Warning warning, Digest digest, Instant now) {
    heard.values().removeIf(old -> old.until().isBefore(now));
    heard.put(key(warning), new Remembered(digest, warning.until()));
  }

  private static Key key(Warning warning) {
    return new Key(warning.header().issuer(), warning.header().id());
  }

  private static Optional<Refusal> no(Reason reason, String text) {
    return Optional.of(new Refusal(reason, text));
  }
}
