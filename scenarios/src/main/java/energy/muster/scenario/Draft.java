// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An order to one device, ready to go: right as it is made, wrong in whatever respect is asked for.
 *
 * @param base64 what stands where the sealed document belongs
 * @param tree the targets it is sent with
 */
public record Draft(DocumentId id, String base64, TargetTree tree) {
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);

  /** A good order. */
  public static Draft of(
      String site, SigningIdentity by, Instruction instruction, BareJid device, Instant now) {
    return of(site, by, instruction, device, now, signed -> {});
  }

  /** An order whose signed fields were changed before the signature. */
  public static Draft of(
      String site,
      SigningIdentity by,
      Instruction instruction,
      BareJid device,
      Instant now,
      Consumer<ObjectNode> change) {
    TargetTree tree = TargetTree.of(List.of(Leaf.salted(device, 0, Optional.empty())));
    Command command =
        new CommandDraft(
                new Header(
                    DocumentType.COMMAND, site, DocumentId.next(now), by.certified().jid(), now),
                instruction,
                tree.targets(),
                now.plus(GOOD_FOR))
            .command();
    ObjectNode fields = Json.parse(command.write());
    change.accept(fields);
    return new Draft(command.id(), seal(Json.bytes(fields), by, now), tree);
  }

  private static String seal(byte[] content, SigningIdentity by, Instant now) {
    return Sealer.seal(content, now, by).base64();
  }

  /** Other content under a good signature. */
  public Draft holding(String content, SigningIdentity by, Instant now) {
    return new Draft(id, seal(content.getBytes(StandardCharsets.UTF_8), by, now), tree);
  }

  /** With leaves that are not those signed. */
  public Draft misdirectedTo(BareJid device) {
    return new Draft(id, base64, TargetTree.of(List.of(Leaf.salted(device, 0, Optional.empty()))));
  }

  /** One bit of the signed content changed after the signature. */
  public Draft altered() {
    byte[] der = Base64.getDecoder().decode(base64);
    int at = new String(der, StandardCharsets.ISO_8859_1).indexOf("routine");
    der[at] ^= 1;
    return new Draft(id, Base64.getEncoder().encodeToString(der), tree);
  }

  /** That many bytes of nothing in place of the sealed document. */
  public Draft bloated(int bytes) {
    return new Draft(id, Base64.getEncoder().encodeToString(new byte[bytes]), tree);
  }

  /** As a console submits it to the service. */
  public RawElement submission() {
    ObjectNode json = Json.object();
    json.putArray("leaves").add(tree.leaves().get(0).write());
    return RawElement.of(Wire.SUBMIT, Optional.of(base64), Optional.of(Json.text(json)));
  }

  /** As the service delivers it to a device. */
  public RawElement delivery() {
    ObjectNode json = Json.object();
    json.set("leaf", tree.leaves().get(0).write());
    json.put("index", 0).putArray("path");
    return RawElement.of(Wire.DELIVER, Optional.of(base64), Optional.of(Json.text(json)));
  }
}
