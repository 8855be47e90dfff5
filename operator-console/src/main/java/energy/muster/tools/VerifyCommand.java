// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Signature;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = {
      "Check the sealed documents in a file (DER, base64, PEM, a stanza or JSON) and print them.",
      "Exit status 0 only if there is one and each verifies."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;
  @Mixin private TrustOptions trusted;

  @Parameters(paramLabel = "FILE", description = "What to check.")
  private Path file;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Judge as of then, such as 2026-06-01T12:00:00Z, and not as of now.")
  private String at;

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = at == null ? surroundings.clock().instant() : instant(at);
    Trust trust = trusted.trust(options);
    TrustOptions.warn(surroundings, trust, now);
    List<Sealed> documents = SealedFile.read(file);
    if (documents.isEmpty()) {
      throw new IOException("there is no sealed document in " + file);
    }
    boolean all = true;
    for (int i = 0; i < documents.size(); i++) {
      all &= verify(i + 1, documents.get(i), trust, now);
    }
    return all ? 0 : 1;
  }

  private boolean verify(int number, Sealed sealed, Trust trust, Instant now) {
    try {
      Opened opened = trust.open(sealed, now);
      options.print(surroundings, json(number, opened), words(number, opened));
      return true;
    } catch (Refused refused) {
      options.print(
          surroundings,
          Json.object()
              .put("document", number)
              .put("verified", false)
              .put("reason", refused.refusal().reason().wire())
              .put("text", refused.refusal().text()),
          "document " + number + ": NOT VERIFIED, " + refused.refusal());
      return false;
    }
  }

  private static ObjectNode json(int number, Opened opened) {
    ObjectNode object = Json.object().put("document", number).put("verified", true);
    ArrayNode signers = object.putArray("signers");
    for (Signature signature : opened.signatures()) {
      signers.add(
          Descriptions.json(signature.signer()).put("claimedAt", signature.claimedAt().toString()));
    }
    object.put("digest", opened.digest().toString());
    content(opened)
        .ifPresentOrElse(
            content -> object.set("content", content),
            () -> object.put("base64", Base64.getEncoder().encodeToString(opened.content())));
    return object;
  }

  private static String words(int number, Opened opened) {
    StringBuilder words = new StringBuilder("document " + number + ": verified");
    for (Signature signature : opened.signatures()) {
      words
          .append("\n  signed by ")
          .append(signature.signer().jid())
          .append("  ")
          .append(Descriptions.words(signature.signer().grants()))
          .append("\n    at        ")
          .append(signature.claimedAt())
          .append(" (as it claims)")
          .append("\n    serial    ")
          .append(signature.signer().serial().toString(16))
          .append("\n    valid     ")
          .append(signature.signer().notBefore())
          .append(" to ")
          .append(signature.signer().notAfter());
    }
    words.append("\n  digest ").append(opened.digest()).append('\n');
    return words
        .append(
            content(opened)
                .map(Json::pretty)
                .orElseGet(() -> opened.content().length + " bytes that are not JSON"))
        .toString();
  }

  private static Optional<ObjectNode> content(Opened opened) {
    try {
      return Optional.of(Json.parse(opened.content()));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "'" + text + "' is no time; expected 2026-06-01T12:00:00Z", e);
    }
  }
}
