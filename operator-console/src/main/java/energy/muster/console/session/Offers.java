// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentType;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tariffs and prices that were published, each by the signed word of its supplier as it is
 * checked here, or one from a file.
 */
final class Offers {
  private final Records records;
  private final Notary notary;
  private final Setup setup;

  Offers(Records records, Notary notary, Setup setup) {
    this.records = records;
    this.notary = notary;
    this.setup = setup;
  }

  /** A tariff to bill by, and the prices that it may follow. */
  record Offer(OfferName name, TariffBoard tariffs, PriceBoard prices) {
    private Tariff any() {
      return tariffs.versionsOf(name).get(0);
    }

    ZoneId zone() {
      return any().validity().zone();
    }

    /** Whether what was used in months before may count. */
    boolean looksBack() {
      return tariffs.versionsOf(name).stream()
          .anyMatch(tariff -> !tariff.charges().demand().isEmpty());
    }
  }

  /**
   * @param named a published tariff or a file; without a name there must be only one
   */
  Offer of(Optional<Line.Target> named) throws InterruptedException {
    if (named.filter(target -> isFile(target.text())).isPresent()) {
      Tariff tariff = ofFile(named.get());
      return new Offer(tariff.name(), TariffBoard.EMPTY.with(tariff), published().prices());
    }
    Boards boards = published();
    OfferName name = named.isPresent() ? name(named.get()) : only(boards.tariffs());
    if (boards.tariffs().versionsOf(name).isEmpty()) {
      throw new Hint(
          named.map(Line.Target::column).orElse(0),
          "no tariff " + name + " was published that you may know of; name its file");
    }
    return new Offer(name, boards.tariffs(), boards.prices());
  }

  private static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static OfferName name(Line.Target target) {
    try {
      return OfferName.parse(target.text());
    } catch (IllegalArgumentException | Refused e) {
      throw new Hint(
          target.column(), "there is no file " + target.text() + ", and it names no tariff");
    }
  }

  private static OfferName only(TariffBoard tariffs) {
    List<OfferName> names = tariffs.names();
    if (names.size() != 1) {
      String all = names.stream().map(OfferName::toString).collect(Collectors.joining(", "));
      throw new Refused(
          Reason.INVALID_ARGUMENT,
          names.isEmpty()
              ? "no tariff was published that you may know of; say under and its file"
              : "say under which tariff: " + all);
    }
    return names.get(0);
  }

  private Tariff ofFile(Line.Target target) {
    DocumentFile file = new DocumentFile(target.text(), target.column());
    ObjectNode said = file.read();
    ObjectNode head = DocumentFile.head(DocumentType.TARIFF, setup, setup.clock().instant());
    byte[] document = said.has("type") ? Json.bytes(said) : file.under(head, said);
    return file.checked(document, Tariff::read);
  }

  private Boards published() throws InterruptedException {
    List<PriceDocument> documents = new ArrayList<>();
    for (OrderRecord order : records.list(Line.Filter.ALL)) {
      if (order.verb().filter(Verb.SET_TARIFF.wire()::equals).isPresent()) {
        notary
            .examine(records.one(order.id()))
            .command()
            .map(Command::instruction)
            .filter(Instruction.SetTariff.class::isInstance)
            .map(Instruction.SetTariff.class::cast)
            .ifPresent(given -> documents.add(given.document()));
      }
    }
    documents.sort(Comparator.comparing(document -> document.header().issuedAt()));
    Boards boards = Boards.EMPTY;
    for (PriceDocument document : documents) {
      boards = with(boards, document);
    }
    return boards;
  }

  /** Refused by the meters is refused here: an order that no meter took is no tariff. */
  private static Boards with(Boards boards, PriceDocument document) {
    try {
      return boards.with(document);
    } catch (Refused e) {
      return boards;
    }
  }
}
