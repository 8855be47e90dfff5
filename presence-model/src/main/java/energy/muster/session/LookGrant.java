// SPDX-License-Identifier: Apache-2.0
package energy.muster.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Lets an account without a certificate see the show and status of named devices as contacts, and
 * nothing else.
 *
 * @param viewer who may look
 * @param devices what at, 1 to 1,000
 * @param until when the grant lapses
 */
public record LookGrant(Header header, BareJid viewer, List<BareJid> devices, Instant until) {
  private static final int MAX_DEVICES = 1000;

  public LookGrant {
    Objects.requireNonNull(viewer);
    Objects.requireNonNull(until);
    devices = List.copyOf(devices);
    if (header.type() != DocumentType.LOOK_GRANT) {
      throw new IllegalArgumentException("the header is not of a look-grant");
    }
    if (devices.isEmpty() || devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException("a look-grant names 1 to " + MAX_DEVICES + " devices");
    }
  }

  public static LookGrant read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), LookGrant::read);
  }

  private static LookGrant read(Fields fields) {
    return new LookGrant(
        Header.read(fields, DocumentType.LOOK_GRANT),
        fields.value("viewer", BareJid::parse),
        fields.values("devices", BareJid::parse),
        fields.instant("until"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("viewer", viewer.toString());
    ArrayNode names = object.putArray("devices");
    devices.forEach(device -> names.add(device.toString()));
    return Json.bytes(object.put("until", until.toString()));
  }
}
