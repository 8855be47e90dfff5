// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A command that was taken.
 *
 * @param sealed as it came, for whoever wants to check later
 * @param content of the sealed document, to be read again after a restart
 * @param leaf in its JSON form
 * @param forgetAfter until then its id is remembered
 */
public record Intent(
    CommandKey key,
    Digest digest,
    Sealed sealed,
    String content,
    String leaf,
    Instant forgetAfter) {
  private static final Duration REMEMBERED = Duration.ofHours(24);

  public Intent {
    Objects.requireNonNull(key);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(content);
    Objects.requireNonNull(leaf);
    Objects.requireNonNull(forgetAfter);
  }

  public static Intent of(Admission admission) {
    return new Intent(
        admission.key(),
        admission.digest(),
        admission.sealed(),
        new String(admission.opened().content(), StandardCharsets.UTF_8),
        Json.text(admission.leaf().write()),
        admission.command().executeBy().plus(REMEMBERED));
  }

  /** The command, which was checked when it was taken. */
  public Command command() {
    return Command.read(content.getBytes(StandardCharsets.UTF_8));
  }

  public Leaf target() {
    return Leaf.read(Fields.of(Json.parse(leaf)));
  }
}
