// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.firmware.Image;
import energy.muster.firmware.ManifestAsk;
import energy.muster.firmware.Pass;
import energy.muster.firmware.PassAsk;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.ied.firmware.Service;
import energy.muster.ied.firmware.Source;
import energy.muster.ied.firmware.TransferException;
import energy.muster.link.Link;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the service about a firmware over the link, one thing at a time. Safe for threads. */
final class ServiceLine implements Service, Source {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  // A client has 20 stanzas a second, and this one must leave room for others.
  private static final Duration APART = Duration.ofMillis(75);
  private static final Set<Reason> PASSING =
      EnumSet.of(Reason.BUSY, Reason.RATE_LIMITED, Reason.NOT_PROVEN, Reason.AWAY);

  private volatile Optional<Link> link = Optional.empty();

  /** A session that is proven, or none. */
  void use(Optional<Link> proven) {
    link = proven;
  }

  @Override
  public String name() {
    return "the service";
  }

  @Override
  public Duration apart() {
    return APART;
  }

  @Override
  public Sealed releases() throws TransferException {
    return sealed(ask(Payload.empty(Wire.FIRMWARE_RELEASES)));
  }

  @Override
  public Sealed manifest(Digest manifest) throws TransferException {
    return sealed(ask(new ManifestAsk(manifest).payload()));
  }

  private static Sealed sealed(Payload answer) throws TransferException {
    return answer
        .sealed()
        .orElseThrow(() -> TransferException.failed("the service answered without a document"));
  }

  @Override
  public byte[] list(Image image, int index) throws TransferException {
    return piece(Wire.FIRMWARE_LIST, image, index);
  }

  @Override
  public Pass pass(Image image) throws TransferException {
    Payload answer = ask(new PassAsk(image.digest()).payload());
    try {
      return Pass.read(answer);
    } catch (Refused e) {
      throw TransferException.failed(e.refusal().toString());
    }
  }

  @Override
  public byte[] chunk(Image image, int index) throws TransferException {
    return piece(Wire.FIRMWARE_CHUNK, image, index);
  }

  private byte[] piece(Wire wire, Image image, int index) throws TransferException {
    try {
      return Piece.read(ask(new PieceAsk(image.digest(), index).payload(wire))).bytes();
    } catch (Refused e) {
      throw TransferException.failed(e.refusal().toString());
    }
  }

  private Payload ask(Payload question) throws TransferException {
    Link session =
        link.orElseThrow(() -> TransferException.away("the service cannot be reached now"));
    try {
      return session.get(question).get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused
          && !PASSING.contains(refused.refusal().reason())) {
        throw TransferException.failed("the service: " + refused.refusal());
      }
      throw TransferException.away(String.valueOf(e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw TransferException.away("the service does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TransferException.away("interrupted");
    }
  }
}
