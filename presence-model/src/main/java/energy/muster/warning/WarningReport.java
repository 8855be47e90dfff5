// SPDX-License-Identifier: Apache-2.0
package energy.muster.warning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer did about a warning, by its own signed word.
 *
 * @param header issued when it had done it
 * @param warning the id of the warning
 * @param digest of the warning's signed bytes
 * @param from who warned
 * @param text for people, at most 500 characters
 * @param reason why it was refused; present if, and only if, it was
 */
public record WarningReport(
    Header header,
    DocumentId warning,
    Digest digest,
    BareJid from,
    Answer answer,
    String text,
    Optional<Reason> reason) {
  private static final int MAX_TEXT = 500;

  /** What can become of a warning at one peer. */
  public enum Answer {
    HELD,
    PROTECTED,
    /** Nothing was signed for it beforehand, or nothing was left to do. */
    NOTED,
    REFUSED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Answer> ofWire(String wire) {
      return Arrays.stream(values()).filter(answer -> answer.wire().equals(wire)).findFirst();
    }
  }

  public WarningReport {
    Objects.requireNonNull(warning);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(from);
    if (header.type() != DocumentType.WARNING_REPORT) {
      throw new IllegalArgumentException("the header is not of a warning-report");
    }
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a text has at most " + MAX_TEXT + " characters");
    }
    if ((answer == Answer.REFUSED) != reason.isPresent()) {
      throw new IllegalArgumentException("a refusal, and nothing else, has a reason");
    }
  }

  public static WarningReport done(
      Header header, Warning warning, Digest digest, Answer answer, String text) {
    return new WarningReport(
        header,
        warning.header().id(),
        digest,
        warning.header().issuer(),
        answer,
        text,
        Optional.empty());
  }

  public static WarningReport refused(
      Header header, Warning warning, Digest digest, Refusal refusal) {
    return new WarningReport(
        header,
        warning.header().id(),
        digest,
        warning.header().issuer(),
        Answer.REFUSED,
        refusal.text(),
        Optional.of(refusal.reason()));
  }

  public static WarningReport read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), WarningReport::read);
  }

  private static WarningReport read(Fields fields) {
    return new WarningReport(
        Header.read(fields, DocumentType.WARNING_REPORT),
        fields.value("warning", DocumentId::new),
        fields.value("digest", Digest::parse),
        fields.value("from", BareJid::parse),
        fields.oneOf("answer", Answer::ofWire),
        fields.text("text"),
        fields.optionalOneOf("reason", Reason::ofWire));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("warning", warning.text())
            .put("digest", digest.toString())
            .put("from", from.toString())
            .put("answer", answer.wire())
            .put("text", text);
    reason.ifPresent(why -> object.put("reason", why.wire()));
    return Json.bytes(object);
  }
}
