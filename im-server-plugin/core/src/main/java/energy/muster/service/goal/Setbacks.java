// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why a goal has come less far than its candidates announced, in words that stay short. */
public final class Setbacks {
  private static final int MOST_NAMED = 4;
  private static final int LONGEST = 70;

  private final Map<BareJid, String> refused = new LinkedHashMap<>();
  private final Map<BareJid, String> less = new LinkedHashMap<>();
  private final List<String> news = new ArrayList<>();

  /** It has answered. */
  public void note(BareJid device, Power most, Result result) {
    if (result instanceof Result.Executed done) {
      Power given = done.shed().orElse(Power.ZERO);
      if (given.compareTo(most) < 0) {
        String words = device.local() + " (" + given + ", not " + most + ")";
        less.put(device, words);
        news.add(words);
      }
      return;
    }
    String words = device.local() + " (" + why(result) + ")";
    refused.put(device, words);
    news.add(words);
  }

  private static String why(Result result) {
    Optional<Refusal> refusal = Optional.empty();
    if (result instanceof Result.Declined declined) {
      refusal = Optional.of(declined.refusal());
    } else if (result instanceof Result.Failed failed) {
      refusal = Optional.of(failed.refusal());
    }
    String words = refusal.map(no -> no.reason().wire() + ": " + no.text()).orElse("uncertain");
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
  }

  /** It had its time to answer. */
  public void silent(BareJid device) {
    news.add(device.local() + " (no answer)");
  }

  /** What has happened since this was last asked; empty if nothing has. */
  public Optional<String> news() {
    Optional<String> words =
        news.isEmpty() ? Optional.empty() : Optional.of(shortened(news, news.size()));
    news.clear();
    return words;
  }

  /**
   * All of it.
   *
   * @param notAsked each with why
   */
  public String words(Map<BareJid, String> notAsked) {
    Map<String, Integer> reasons = new TreeMap<>();
    notAsked.values().forEach(why -> reasons.merge(why, 1, Integer::sum));
    return part("refused by ", refused.values())
        + part("less than asked from ", less.values())
        + part(
            "",
            reasons.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .toList());
  }

  private static String part(String what, Collection<String> all) {
    return all.isEmpty() ? "" : "; " + what + shortened(all, all.size());
  }

  private static String shortened(Collection<String> all, int count) {
    return String.join(", ", all.stream().limit(MOST_NAMED).toList())
        + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "");
  }
}
