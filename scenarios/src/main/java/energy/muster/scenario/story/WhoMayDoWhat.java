// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;

/**
 * Who may not, cannot: each attempt is refused with its typed reason by the service, and by the
 * device itself where the service is bypassed.
 */
public final class WhoMayDoWhat implements Story {
  @Override
  public String name() {
    return "who-may-do-what";
  }

  @Override
  public String about() {
    return "Every wrong order is refused with its reason, by the service and by the device alone.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    new AtTheService(scene).play();
    new PastTheService(scene.aside("bare")).play();
  }
}
