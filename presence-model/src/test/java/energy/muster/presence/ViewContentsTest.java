// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewContentsTest {
  private static final Instant AT = Instant.parse("2026-07-01T12:10:00.250Z");
  private static final Contact BEFORE = Contact.read(Fields.of(GoldenFile.tree("contact-real")));

  private final ViewContents contents = new ViewContents();

  @Test
  void whatASpeakingDeviceChangedWasHeardWhenItIsTold() {
    ObjectNode change = ViewContents.change(BEFORE, spoke(AT.minusMillis(200)), AT);

    assertThat(change.has("heard")).isFalse();
    assertThat(told(change)).isEqualTo(spoke(AT));
  }

  @Test
  void whatIsToldLaterSaysWhenItWasHeard() {
    Contact earlier = spoke(AT.minus(Duration.ofMinutes(5)));

    assertThat(told(ViewContents.change(BEFORE, earlier, AT))).isEqualTo(earlier);
  }

  @Test
  void whatIsToldLaterSaysSoThoughTheHearingIsTheSame() {
    Contact same = spoke(BEFORE.heard());

    assertThat(told(ViewContents.change(BEFORE, same, AT))).isEqualTo(same);
  }

  @Test
  void whoIsOnlyMissedWasNotHeard() {
    Contact missed = Contact.read(Fields.of(BEFORE.write().put("certainty", "temporary")));

    assertThat(told(ViewContents.change(BEFORE, missed, AT))).isEqualTo(missed);
  }

  @Test
  void whoIsGoneIsNoLongerThere() {
    begin();
    ObjectNode message = Json.object();
    message.putArray("gone").add(BEFORE.device().toString());

    assertThat(contents.take(message).gone()).containsExactly(BEFORE.device());
    assertThat(contents.contacts()).isEmpty();
  }

  private static Contact spoke(Instant heard) {
    ObjectNode entry = BEFORE.write();
    ((ObjectNode) entry.get("presence")).put("rev", 18);
    return Contact.read(Fields.of(entry)).heardAt(heard);
  }

  private void begin() {
    ObjectNode answer = Json.object();
    answer.putArray("entries").add(BEFORE.write());
    assertThat(contents.take(answer).contacts()).containsExactly(BEFORE);
  }

  private Contact told(ObjectNode change) {
    begin();
    ObjectNode message = Json.object().put("at", AT.toString());
    message.putArray("changes").add(change);
    assertThat(contents.take(message).contacts()).hasSize(1);
    return contents.contacts().findAny().orElseThrow();
  }
}
