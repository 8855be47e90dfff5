// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the service's journal keeps of those who were told no, as an administrator reads it. */
final class RefusalsKept {
  private static final long ONE_BY_ONE = 10;
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration MINUTE_IS_OVER = Duration.ofSeconds(75);

  private final Scene scene;
  private final RawClient admin;
  private JsonNode book = Json.object();
  private Instant nextAsked = Instant.MIN;

  RefusalsKept(Scene scene, RawClient admin) {
    this.scene = scene;
    this.admin = admin;
  }

  /**
   * Plays it.
   *
   * @param stubborn how often guest was refused, more than is recorded one by one
   */
  void play(int stubborn) throws InterruptedException {
    scene.note("A security administrator reads who was told no.");
    scene.await(
        "guest's " + stubborn + " refusals are accounted for when their minute is over",
        MINUTE_IS_OVER,
        () -> recorded("guest") + counted("guest", "refusals") == stubborn,
        () -> recorded("guest") + " recorded, " + counted("guest", "refusals") + " counted");
    scene.check(counted("guest", "refusals") > 0, "some of them as a number alone");
    long most =
        refusals().stream()
            .collect(Collectors.groupingBy(RefusalsKept::senderAndMinute, Collectors.counting()))
            .values()
            .stream()
            .max(Long::compare)
            .orElse(0L);
    scene.checkEqual(ONE_BY_ONE, most, "the most that is recorded of one sender in a minute");
    scene.await(
        "the flood of load-60b is known as a number",
        MINUTE_IS_OVER,
        () -> counted("load-60b", "stanzas") > 0);
    Set<String> reasons =
        refusals().stream()
            .map(refusal -> refusal.path("reason").asText())
            .collect(Collectors.toSet());
    for (Reason reason : List.of(Reason.NOT_AUTHORISED, Reason.UNTRUSTED, Reason.NOT_PROVEN)) {
      scene.check(reasons.contains(reason.wire()), reason.wire() + " is among the reasons");
    }
  }

  /** Asked at most once in a while: whoever asks in a loop is turned away like anybody else. */
  private JsonNode asked() {
    if (scene.now().isBefore(nextAsked)) {
      return book;
    }
    nextAsked = scene.now().plus(BETWEEN);
    try {
      Answer answer = admin.get(Payload.of(Wire.REFUSALS, Json.object().put("limit", 200)));
      if (!answer.ok()) {
        throw new StoryFailure("the administrator is not answered: " + answer);
      }
      book = Json.parseLarge(answer.json());
      return book;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }

  private List<JsonNode> refusals() {
    return list(asked().path("refusals"));
  }

  private long recorded(String sender) {
    return refusals().stream().filter(refusal -> isOf(refusal, sender)).count();
  }

  private long counted(String sender, String kind) {
    return list(asked().path("counted")).stream()
        .filter(minute -> isOf(minute, sender) && minute.path("kind").asText().equals(kind))
        .mapToLong(minute -> minute.path("count").asLong())
        .sum();
  }

  private boolean isOf(JsonNode said, String sender) {
    return said.path("sender").asText().equals(scene.stage().folder().jid(sender).toString());
  }

  private static Map.Entry<String, Instant> senderAndMinute(JsonNode refusal) {
    return Map.entry(
        refusal.path("sender").asText(),
        Instant.parse(refusal.path("at").asText()).truncatedTo(ChronoUnit.MINUTES));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
