// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something that was used or done in a unit of work.
 *
 * @param source whose record it is
 * @param sequence counts a source's records in a unit of work from 1
 * @param kind of what, such as {@code promised-kwh}
 * @param value exact, in the unit that its kind ends with
 */
public record UsageRecord(
    BareJid source, long sequence, Instant at, String kind, BigDecimal value) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public UsageRecord {
    Objects.requireNonNull(source);
    Objects.requireNonNull(at);
    Objects.requireNonNull(value);
    requireKind(kind);
    if (sequence < 1) {
      throw new IllegalArgumentException("a record's sequence counts from 1");
    }
  }

  static String requireKind(String kind) {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "'" + kind + "' is no kind: a letter, then at most 62 of a-z, 0-9 and hyphen");
    }
    return kind;
  }

  public static UsageRecord read(Fields fields) {
    return fields.all(
        known ->
            new UsageRecord(
                known.value("source", BareJid::parse),
                known.integer("sequence"),
                known.instant("at"),
                known.text("kind"),
                known.value("value", Decimals::parse)));
  }

  public ObjectNode write() {
    return Json.object()
        .put("source", source.toString())
        .put("sequence", sequence)
        .put("at", at.toString())
        .put("kind", kind)
        .put("value", value.toPlainString());
  }
}
