// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * One addressee of an order, as it is hashed into the target tree.
 *
 * @param order its place among the candidates, from 0
 * @param max the most this device is asked for, where the verb has a power
 * @param salt 16 random bytes in base64url, so that nobody can guess the other addressees from the
 *     hashes in a path
 */
public record Leaf(BareJid device, int order, Optional<Power> max, String salt) {
  private static final int SALT_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  public Leaf {
    Objects.requireNonNull(device);
    if (order < 0) {
      throw new IllegalArgumentException("order counts from 0");
    }
    if (Base64.getUrlDecoder().decode(salt).length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes");
    }
  }

  public static Leaf salted(BareJid device, int order, Optional<Power> max) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new Leaf(
        device, order, max, Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
  }

  public static Leaf read(Fields fields) {
    return fields.all(
        known ->
            new Leaf(
                known.value("device", BareJid::parse),
                Math.toIntExact(known.integer("order")),
                known.optionalDecimal("maxKw").map(Power::kilowatts),
                known.text("salt")));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("device", device.toString()).put("order", order);
    max.ifPresent(power -> object.put("maxKw", power.kilowatts()));
    return object.put("salt", salt);
  }

  /**
   * The bytes that are hashed: this leaf's one JSON form, so that sender and receiver agree without
   * shipping them.
   */
  byte[] canonical() {
    return Json.bytes(write());
  }

  @Override
  public String toString() {
    return device + "#" + order + max.map(power -> " up to " + power).orElse("");
  }
}
