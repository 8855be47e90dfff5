// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an upgrade goes through its devices, in the order of its targets; part of what is signed.
 *
 * @param waves each of so many of all; whatever they leave is the last wave
 * @param proceed how many in a hundred of a wave must have succeeded before the next one begins
 * @param stop how many failures of all devices stop it
 * @param away how many of a redundancy group may be without service at a time because of it
 * @param patience how long a wave waits for a device that cannot begin, 1 s to {@link #NOBODY},
 *     before its place goes to the next; empty where the site decides
 */
public record Rollout(
    List<Share> waves, int proceed, Share stop, int away, Optional<Duration> patience) {
  /** A patience longer than any upgrade: nobody is passed over. */
  public static final Duration NOBODY = Duration.ofDays(90);

  /** One first, then a tenth, then the rest; any failure stops it. */
  public static final Rollout CAREFUL =
      new Rollout(List.of(new Share(1, false), new Share(10, true)), 100, new Share(1, false), 1);

  private static final int MOST = 20;

  public Rollout {
    waves = List.copyOf(waves);
    if (waves.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " waves");
    }
    if (proceed < 1 || proceed > 100) {
      throw new IllegalArgumentException("a wave goes on at a success of 1 to 100 percent");
    }
    Objects.requireNonNull(stop);
    // As it is written.
    patience = patience.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    if (away < 1) {
      throw new IllegalArgumentException("at least one of a group must be let go at a time");
    }
    if (patience.filter(time -> time.toSeconds() < 1 || time.compareTo(NOBODY) > 0).isPresent()) {
      throw new IllegalArgumentException("whoever is away is passed over after 1 s to 90 d");
    }
  }

  /** One whose patience is the site's. */
  public Rollout(List<Share> waves, int proceed, Share stop, int away) {
    this(waves, proceed, stop, away, Optional.empty());
  }

  /** How many devices each wave has; none is empty. */
  public List<Integer> sizes(int devices) {
    List<Integer> sizes = new ArrayList<>();
    int left = devices;
    for (Share wave : waves) {
      int size = Math.min(left, wave.of(devices));
      if (size > 0) {
        sizes.add(size);
        left -= size;
      }
    }
    if (left > 0) {
      sizes.add(left);
    }
    return sizes;
  }

  /** Whether that many of a wave are enough to begin the next. */
  public boolean proceeds(int succeeded, int wave) {
    return (long) succeeded * 100 >= (long) wave * proceed;
  }

  /** Whether that many failures are enough to stop. */
  public boolean stops(int failed, int devices) {
    return failed >= stop.of(devices);
  }

  public static Rollout read(Fields fields) {
    return new Rollout(
        fields.values("waves", Share::parse),
        Math.toIntExact(fields.integer("proceed")),
        fields.value("stop", Share::parse),
        Math.toIntExact(fields.integer("away")),
        fields.optionalInteger("patienceSeconds").stream()
            .mapToObj(Duration::ofSeconds)
            .findFirst());
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    ArrayNode shares = object.putArray("waves");
    waves.forEach(wave -> shares.add(wave.toString()));
    object.put("proceed", proceed).put("stop", stop.toString()).put("away", away);
    patience.ifPresent(time -> object.put("patienceSeconds", time.toSeconds()));
    return object;
  }
}
