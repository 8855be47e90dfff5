// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.privacy.Approach;
import energy.muster.privacy.Curious;
import energy.muster.privacy.Doorstep;
import energy.muster.privacy.MedianSplit;
import energy.muster.privacy.Rival;
import energy.muster.privacy.Times;
import energy.muster.privacy.TwoCompanies;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two companies share a server. One tries everything that a client of its own making can send to
 * learn whom the other has there, and hears of everybody as of nobody.
 */
public final class CompetitorSeesNothing implements Story {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final String SHED = TwoCompanies.HIDDEN.get(0);
  private static final String NOBODY = TwoCompanies.MADE_UP.get(0);

  @Override
  public String name() {
    return "competitor-sees-nothing";
  }

  @Override
  public String about() {
    return "Another company's account on the same server cannot find out who else is there.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    TwoCompanies companies = new TwoCompanies(scene);
    Operator utility = companies.start();
    Rival rival = new Rival(scene, TwoCompanies.RIVAL);
    rival.proves();
    seesItsOwn(scene, rival);
    List<Approach> approaches = rival.approaches();
    hearsTheSame(scene, rival.curious(), approaches);
    isTurnedAwayAlike(scene);
    isTimed(scene, rival.curious(), approaches);
    hearsNothingOfWhatHappens(scene, rival.curious().client(), utility, companies);
    asADevice(scene);
  }

  private static void seesItsOwn(Scene scene, Rival rival) {
    scene.note("Its views hold its own device, whatever it asks for.");
    String all = rival.view("");
    scene.check(all.contains("load-99@") && !mentions(all), "its view of everything is its own");
    for (String only :
        List.of(
            "\"areas\":[\"branch-60\"]",
            "\"areas\":[\"*\",\"device:load-1*\"]",
            "\"devices\":[\"load-10@grid.example\"]",
            "\"kinds\":[\"load\"]")) {
      scene.check(!mentions(rival.view(",\"only\":{" + only + "}")), "nor does a view of " + only);
    }
  }

  private static boolean mentions(String text) {
    return text.contains("branch-60") || TwoCompanies.HIDDEN.stream().anyMatch(text::contains);
  }

  private static void hearsTheSame(Scene scene, Curious curious, List<Approach> approaches) {
    scene.note("Every way to ask after an account: the answers are those for a made-up name.");
    List<String> accounts =
        List.of(SHED, TwoCompanies.UNBORN, TwoCompanies.OPERATOR, TwoCompanies.GUEST);
    for (Approach approach : approaches) {
      List<String> nobody = curious.echo(approach, NOBODY);
      for (String account : accounts) {
        same(scene, approach.name() + " of " + account, nobody, curious.echo(approach, account));
      }
      scene.transcript().line("   ✓ " + approach.name() + ": " + told(nobody));
    }
    scene.check(
        true,
        "of %d ways none tells a device, one that never came, a person or a guest from nobody"
            .formatted(approaches.size()));
  }

  private static void isTurnedAwayAlike(Scene scene) throws Exception {
    scene.note("Logins under names it has no password for.");
    Doorstep doorstep = TwoCompanies.doorstep(scene);
    List<String> nobody = doorstep.echo(NOBODY);
    for (String account : List.of(SHED, TwoCompanies.UNBORN, TwoCompanies.OPERATOR)) {
      same(scene, "a login as " + account, nobody, doorstep.echo(account));
    }
    scene.check(true, "a login goes as under a made-up name: " + told(nobody));
  }

  private static String told(List<String> stanzas) {
    return stanzas.isEmpty() ? "silence" : String.join(" ", stanzas);
  }

  private static void same(Scene scene, String what, List<String> nobody, List<String> account) {
    if (!nobody.equals(account)) {
      scene.transcript().line("made up: " + nobody);
      scene.transcript().line("account: " + account);
      scene.check(false, what + " is as that of nobody");
    }
  }

  /** Too few to judge by and told all the same; {@code bench privacy} takes its time. */
  private static void isTimed(Scene scene, Curious curious, List<Approach> approaches)
      throws Exception {
    Path scratch = scene.stage().folder().data().resolve("race.txt");
    List<Double> scores = new ArrayList<>();
    for (Approach approach : approaches) {
      Times times = curious.race(approach, TwoCompanies.HIDDEN, TwoCompanies.MADE_UP, 1, scratch);
      scores.add(MedianSplit.score(times.behind()));
    }
    scene.note(
        String.format(
            Locale.ROOT,
            "With a watch, one probe of each account and kind: right in %.1f %% of cases.",
            100 * scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
  }

  private static void hearsNothingOfWhatHappens(
      Scene scene, PlainClient rival, Operator utility, TwoCompanies companies) throws Exception {
    scene.note("The other company works: sheds, and loses its devices. Nothing of it comes here.");
    rival.heard(QUIET);
    utility.does("shed load-10 for 30 min");
    utility.does("expect load-10 off");
    companies.lose();
    utility.does("expect load-10 unavailable within 20 s");
    utility.told("fault", SHED, Duration.ofSeconds(30));
    List<PlainClient.Seen> heard = rival.heard(QUIET);
    scene.check(
        heard.stream().noneMatch(stanza -> mentions(stanza.xml())), "it hears nothing of that");
  }

  private static void asADevice(Scene scene) {
    scene.note("Whoever has a device's password reaches nobody with it, its own operator neither.");
    for (String name : List.of(SHED, TwoCompanies.UNBORN, TwoCompanies.THEIR_LOAD)) {
      Curious device = new Curious(scene.visitor(name), PlainClient.jid(name));
      List<Approach> approaches = device.approaches();
      for (Approach approach : approaches) {
        List<String> nobody = device.echo(approach, NOBODY);
        for (String account : List.of(TwoCompanies.OPERATOR, TwoCompanies.HIDDEN.get(1))) {
          same(scene, approach.name() + " of " + account, nobody, device.echo(approach, account));
        }
      }
      scene.check(true, name + " hears of all as of nobody, in " + approaches.size() + " ways");
    }
  }
}
