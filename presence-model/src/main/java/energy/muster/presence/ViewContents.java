// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.json.MergePatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The devices of one view, as its answers and messages tell of them: whole entries, changes to them
 * as merge patches, and what is gone. Not thread-safe.
 */
public final class ViewContents {
  /** The lists in an answer or a message. */
  public static final String ENTRIES = "entries";

  public static final String CHANGES = "changes";
  public static final String GONE = "gone";

  /** When an answer or message with changes was written. */
  public static final String AT = "at";

  private static final String PRESENCE = "presence";
  private static final String HEARD = "heard";
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private final Map<BareJid, ObjectNode> entries = new HashMap<>();

  /** What one answer or message told: devices as they are now, and those that are gone. */
  public record News(List<Contact> contacts, List<BareJid> gone) {}

  /**
   * A change as a merge patch that names its device. Most are the words of a device that was heard
   * just now, so that of these only an older hearing is told.
   *
   * @param at when the message is written
   */
  public static ObjectNode change(Contact before, Contact after, Instant at) {
    ObjectNode patch = MergePatch.between(before.write(), after.write());
    if (patch.has(PRESENCE)) {
      if (justHeard(after, at)) {
        patch.remove(HEARD);
      } else {
        patch.put(HEARD, after.heard().toString());
      }
    }
    return Json.object().put("device", after.device().toString()).setAll(patch);
  }

  /** Whether a change of its presence, told at that moment, need not say when it was heard. */
  public static boolean justHeard(Contact contact, Instant at) {
    return Duration.between(contact.heard(), at).abs().compareTo(JUST_NOW) < 0;
  }

  /** Forgets all. */
  public void clear() {
    entries.clear();
  }

  public Stream<Contact> contacts() {
    return entries.values().stream().map(entry -> Contact.read(Fields.of(entry)));
  }

  /** Takes an answer or a message; the caller sees to it that none is missing before it. */
  public News take(ObjectNode message) {
    List<Contact> contacts = new ArrayList<>();
    for (JsonNode entry : message.path(ENTRIES)) {
      contacts.add(put((ObjectNode) entry));
    }
    for (JsonNode patch : message.path(CHANGES)) {
      contacts.add(put(patched((ObjectNode) patch, message)));
    }
    List<BareJid> gone = new ArrayList<>();
    for (JsonNode name : message.path(GONE)) {
      BareJid device = BareJid.parse(name.asText());
      entries.remove(device);
      gone.add(device);
    }
    return new News(contacts, gone);
  }

  private Contact put(ObjectNode entry) {
    Contact contact = Contact.read(Fields.of(entry));
    entries.put(contact.device(), entry);
    return contact;
  }

  private ObjectNode patched(ObjectNode patch, ObjectNode message) {
    ObjectNode entry = entries.get(BareJid.parse(patch.path("device").asText())).deepCopy();
    MergePatch.apply(entry, patch);
    if (patch.has(PRESENCE) && !patch.has(HEARD) && message.has(AT)) {
      entry.set(HEARD, message.path(AT));
    }
    return entry;
  }
}
