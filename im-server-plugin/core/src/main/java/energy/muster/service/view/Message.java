// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.presence.ViewContents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One message of a view as it grows: who is new, what changed, who is no longer to be seen. */
final class Message {
  private final StringBuilder entries = new StringBuilder();
  private final StringBuilder changes = new StringBuilder();
  private final StringBuilder gone = new StringBuilder();

  void entry(String json) {
    add(entries, json);
  }

  void change(String json) {
    add(changes, json);
  }

  void gone(String device) {
    // An address has nothing that JSON escapes but what quoting it does.
    add(gone, Json.text(Json.object().textNode(device)));
  }

  private static void add(StringBuilder list, String json) {
    list.append(list.length() == 0 ? "" : ",").append(json);
  }

  int length() {
    return entries.length() + changes.length() + gone.length();
  }

  /**
   * The whole, after these fields.
   *
   * @param at when it is written, which only changes need to say
   * @param always the list that is there even if nothing is in it
   */
  String text(ObjectNode head, Instant at, String always) {
    if (changes.length() > 0) {
      head.put(ViewContents.AT, at.truncatedTo(ChronoUnit.MILLIS).toString());
    }
    StringBuilder text = new StringBuilder(length() + 128);
    String fields = Json.text(head);
    text.append(fields, 0, fields.length() - 1);
    list(text, ViewContents.ENTRIES, entries, always);
    list(text, ViewContents.CHANGES, changes, always);
    list(text, ViewContents.GONE, gone, always);
    return text.append('}').toString();
  }

  private static void list(StringBuilder text, String name, StringBuilder list, String always) {
    if (list.length() > 0 || name.equals(always)) {
      text.append(",\"").append(name).append("\":[").append(list).append(']');
    }
  }
}
