// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.firmware.ManifestAsk;
import energy.muster.firmware.PassAsk;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Gives devices what they fetch. Pieces of images go out one by one, at a pace that leaves the
 * machine time, and when there is nothing else to do, so that orders and alarms go first.
 */
final class HandOut {
  private final ReleaseBook book;
  private final Shelf shelf;
  private final PieceLine line;
  private final Passes passes;
  private final Function<BareJid, List<Command>> ordered;
  private final InstantSource clock;

  /**
   * @param ordered what has been sent to a device and is not over; asked at the desk
   * @param spare works when nothing else is to be done
   */
  HandOut(
      ReleaseBook book,
      Shelf shelf,
      Passes passes,
      Function<BareJid, List<Command>> ordered,
      Executor spare,
      InstantSource clock) {
    this.book = book;
    this.shelf = shelf;
    this.passes = passes;
    this.ordered = ordered;
    this.line = new PieceLine(shelf::turn, spare);
    this.clock = clock;
  }

  /** The list that counts; also for people, who name its number in an upgrade. At the desk. */
  Payload releases(Session session, Payload payload) {
    FiledReleases newest =
        book.newest(clock.instant())
            .orElseThrow(() -> new Refused(Reason.UNKNOWN, "nothing is released"));
    return Payload.of(
        Wire.FIRMWARE_RELEASES,
        newest.sealed(),
        Json.object().put("number", newest.releases().number()));
  }

  /** A manifest as it was signed. At the desk. */
  Payload manifest(Session session, Payload payload) {
    FiledManifest filed =
        book.manifest(ManifestAsk.read(payload).manifest())
            .orElseThrow(() -> new Refused(Reason.UNKNOWN, "there is no such manifest"));
    return Payload.of(Wire.FIRMWARE_MANIFEST, filed.sealed());
  }

  /**
   * Leave to fetch an image over HTTPS. Whoever was not sent there hears the same of every image,
   * so that nobody finds out which there are. At the desk.
   */
  Payload pass(Session session, Payload payload) {
    Digest image = PassAsk.read(payload).image();
    boolean sent =
        session.isDevice()
            && ordered.apply(session.account()).stream()
                .anyMatch(command -> leadsTo(command.instruction(), image));
    if (!sent) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "no upgrade to that image has been sent to this device");
    }
    return passes.give(session.account(), image).payload();
  }

  private boolean leadsTo(Instruction instruction, Digest image) {
    return instruction instanceof Instruction.Upgrade upgrade
        && book.manifest(upgrade.manifest())
            .filter(filed -> filed.manifest().image().digest().equals(image))
            .isPresent();
  }

  CompletionStage<Payload> chunk(Session session, Payload payload) {
    return piece(session, payload, ask -> shelf.chunk(ask.image(), ask.index()));
  }

  CompletionStage<Payload> list(Session session, Payload payload) {
    return piece(session, payload, ask -> shelf.listPiece(ask.image(), ask.index()));
  }

  private CompletionStage<Payload> piece(
      Session session, Payload payload, Function<PieceAsk, byte[]> read) {
    if (!session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device fetches an image");
    }
    shelf.requireOpen();
    PieceAsk ask = PieceAsk.read(payload);
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    boolean taken =
        line.offer(
            ask.index(),
            () -> {
              try {
                answer.complete(new Piece(read.apply(ask)).payload(payload.wire()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    if (!taken) {
      throw new Refused(Reason.BUSY, "too many fetch an image at the moment: ask again in a while");
    }
    return answer;
  }
}
