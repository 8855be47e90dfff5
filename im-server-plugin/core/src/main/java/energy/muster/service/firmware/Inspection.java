// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.scan.Scanner.Verdict;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Scan;
import energy.muster.service.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has images looked through, and keeps what was found by their digests. Any thread. */
final class Inspection implements ImageDepot.Inspector {
  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
  private static final int LONGEST = 300;

  private final Map<Digest, Scan> scans = new ConcurrentHashMap<>();
  private final ScannerPolicy policy;
  private final Scanner scanner;
  private final Journal journal;
  private final InstantSource clock;

  Inspection(ScannerPolicy policy, Scanner scanner, Journal journal, InstantSource clock) {
    this.policy = policy;
    this.scanner = scanner;
    this.journal = journal;
    this.clock = clock;
  }

  void recover(List<Scan> known) {
    known.forEach(scan -> scans.put(scan.image(), scan));
  }

  ScannerPolicy policy() {
    return policy;
  }

  @Override
  public boolean passes(Digest image, Path file) {
    Scan scan = scan(image, Scanner.Content.of(file));
    // Before it is handed out: who asks why it was gets an answer, whatever happens now.
    journal.append(new Entry.ImageScanned(scan)).toCompletableFuture().join();
    // What was not written down is looked through again.
    scans.put(image, scan);
    LOG.info("image {}: {}", image, words(scan));
    return passed(scan);
  }

  /** Has a document looked through. */
  Scan look(byte[] document) {
    return scan(Digest.of(document), Scanner.Content.of(document));
  }

  /** That a document could not be looked through. */
  Scan silent(byte[] document, String why) {
    return new Scan(Digest.of(document), Scan.Result.NOT_SCANNED, why, clock.instant());
  }

  /** What is said of a document that passes; refused if it does not. */
  String taken(Scan scan) {
    if (!passed(scan)) {
      throw new Refused(Reason.CONTENT_REFUSED, "it is not taken: " + words(scan));
    }
    return words(scan);
  }

  private Scan scan(Digest digest, Scanner.Content content) {
    Verdict verdict =
        policy == ScannerPolicy.OFF
            ? new Verdict.Unavailable("by the site's policy")
            : scanner.scan(content);
    if (verdict instanceof Verdict.Found found) {
      return new Scan(digest, Scan.Result.FOUND, shortened(found.what()), clock.instant());
    }
    if (verdict instanceof Verdict.Unavailable gone) {
      return new Scan(digest, Scan.Result.NOT_SCANNED, shortened(gone.why()), clock.instant());
    }
    return new Scan(digest, Scan.Result.CLEAN, "", clock.instant());
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private boolean passed(Scan scan) {
    return switch (scan.result()) {
      case CLEAN -> true;
      case FOUND -> false;
      case NOT_SCANNED -> policy != ScannerPolicy.REQUIRED;
    };
  }

  /** Whether the last word about it lets it pass; empty where there is none. */
  Optional<Boolean> passed(Digest image) {
    return Optional.ofNullable(scans.get(image)).map(this::passed);
  }

  /** Why it must not be handed out, as far as that is known. */
  Optional<String> against(Digest image) {
    return Optional.ofNullable(scans.get(image))
        .filter(scan -> !passed(scan))
        .map(Inspection::words);
  }

  /** What was said of it, for people. */
  String words(Digest image) {
    return Optional.ofNullable(scans.get(image)).map(Inspection::words).orElse("not scanned yet");
  }

  private static String words(Scan scan) {
    return switch (scan.result()) {
      case CLEAN -> "clean";
      case FOUND -> "found " + scan.note();
      case NOT_SCANNED -> "not scanned: " + scan.note();
    };
  }
}
