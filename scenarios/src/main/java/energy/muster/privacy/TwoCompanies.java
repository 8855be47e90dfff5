// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One company with twenty loads, another with one, on the same server. */
public final class TwoCompanies {
  public static final Area OURS = new Area("branch-60");

  /** Loads of the first company that run. */
  public static final List<String> HIDDEN = loads(10);

  /** As many names of nobody. */
  public static final List<String> MADE_UP = loads(30);

  /** A load that has an account and never came to prove a key. */
  public static final String UNBORN = "load-70";

  /** The first company's operator. */
  public static final String OPERATOR = "op-1";

  /** The second company's. */
  public static final String RIVAL = "rival";

  /** The second company's device. */
  public static final String THEIR_LOAD = "load-99";

  /** Somebody with a password and nothing else. */
  public static final String GUEST = "guest";

  private static final Area THEIRS = new Area("branch-99");
  private static final String UNLIMITED = "1000000";

  private final Scene scene;
  private final List<DeviceSpec> ours = HIDDEN.stream().map(name -> load(name, OURS)).toList();
  private final DeviceSpec theirs = load(THEIR_LOAD, THEIRS);
  private Child fleet;

  /** Makes keys and accounts. Nothing runs yet. */
  public TwoCompanies(Scene scene) {
    this.scene = scene;
    scene.stage().enrol(ours);
    scene.stage().enrol(theirs);
    scene.stage().enrol(load(UNBORN, OURS));
    scene.enrolOperator(OPERATOR, OURS);
    scene.enrolOperator(RIVAL, THEIRS);
    scene.stage().visitor(GUEST);
    // A patient competitor gets along with the usual rate; here nobody is.
    scene.stage().serverProperty("muster.limit.stanzas-per-second", UNLIMITED);
    scene.stage().serverProperty("muster.limit.stanza-burst", UNLIMITED);
  }

  private static List<String> loads(int from) {
    return IntStream.range(from, from + 20).mapToObj(number -> "load-" + number).toList();
  }

  private static DeviceSpec load(String name, Area area) {
    return new DeviceSpec(
        name,
        Set.of(area),
        Json.object().put("type", "load").put("kw", 20),
        DeviceSpec.DEFAULT_LEASE);
  }

  /** Starts the server and all devices, and seats the first company's operator. */
  public Operator start() throws IOException, InterruptedException {
    scene.stage().startServer();
    fleet = scene.stage().startDevices("branch-60", ours);
    scene.stage().startDevices("branch-99", List.of(theirs));
    Operator operator = scene.operator(OPERATOR);
    operator.does("expect 20 loads that are on within 30 s");
    return operator;
  }

  /** Somebody who has no password at all. */
  public static Doorstep doorstep(Scene scene) throws IOException, GeneralSecurityException {
    return new Doorstep(scene.stage().port(), scene.stage().folder().tlsAnchors());
  }

  /** The first company's devices end without a word. */
  public void lose() {
    fleet.kill();
  }
}
