// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;

/** Who may not, cannot: the service refuses each attempt with its typed reason. */
public final class WhoMayDoWhat implements Story {
  @Override
  public String name() {
    return "who-may-do-what";
  }

  @Override
  public String about() {
    return "The service refuses every wrong person, key, order and session with its reason.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    new AtTheService(scene).play();
  }
}
