// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.privacy.Approach;
import energy.muster.privacy.Curious;
import energy.muster.privacy.Doorstep;
import energy.muster.privacy.Rival;
import energy.muster.privacy.Times;
import energy.muster.privacy.TwoCompanies;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A competitor with a watch: in every way it can ask after an account, as many probes of hidden
 * devices as of made-up names, mixed; how often it then tells them apart.
 */
final class PrivacyBench {
  private final Path data;
  private final int rounds;

  /** Probes each of twenty hidden and of twenty made-up names so often. */
  @FunctionalInterface
  private interface Race {
    Times run(int rounds) throws IOException;
  }

  /**
   * @param rounds how often each of twenty hidden and of twenty made-up names is probed
   */
  PrivacyBench(Path data, int rounds) {
    this.data = data;
    this.rounds = rounds;
  }

  PrivacyReport run() throws IOException, InterruptedException {
    Transcript progress = new Transcript(System.err);
    try (Scene scene = Scene.in(data, progress, InstantSource.system())) {
      new TwoCompanies(scene).start();
      Rival rival = new Rival(scene, TwoCompanies.RIVAL);
      rival.proves();
      Doorstep doorstep = TwoCompanies.doorstep(scene);
      List<PrivacyReport.Kind> kinds = new ArrayList<>();
      kinds.add(judged(times -> doorstep.race(TwoCompanies.HIDDEN, TwoCompanies.MADE_UP, times)));
      for (Approach approach : rival.approaches()) {
        kinds.add(judged(racing(scene, rival.curious(), approach)));
      }
      Curious device =
          new Curious(
              scene.visitor(TwoCompanies.THEIR_LOAD), PlainClient.jid(TwoCompanies.THEIR_LOAD));
      // The one thing that devices say to each other.
      for (Approach approach : device.approaches("warning")) {
        kinds.add(judged(racing(scene, device, approach.by("a device"))));
      }
      return new PrivacyReport(kinds);
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to the server", e);
    }
  }

  private static Race racing(Scene scene, Curious curious, Approach approach) {
    Path scratch = scene.stage().folder().data().resolve("race.txt");
    return times ->
        curious.race(approach, TwoCompanies.HIDDEN, TwoCompanies.MADE_UP, times, scratch);
  }

  private PrivacyReport.Kind judged(Race race) throws IOException {
    // Which machine code runs, and what is cached, settles first.
    race.run(Math.max(1, rounds / 10));
    Times times = race.run(rounds);
    boolean again = times.worstScore() >= PrivacyReport.GUESSING;
    PrivacyReport.Kind kind =
        new PrivacyReport.Kind(times, again ? Optional.of(race.run(rounds)) : Optional.empty());
    System.err.println("privacy:" + kind.text());
    return kind;
  }
}
