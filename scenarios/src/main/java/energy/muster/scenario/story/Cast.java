// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.stage.DeviceSpec;
import java.util.Set;

/** The devices that stories need most. */
final class Cast {
  private Cast() {}

  static DeviceSpec load(String name, Area branch, int kilowatts) {
    return new DeviceSpec(
        name,
        Set.of(branch),
        Json.object().put("type", "load").put("kw", kilowatts),
        DeviceSpec.DEFAULT_LEASE);
  }

  static DeviceSpec generator(String name, Area branch, int kilowatts, int startSeconds) {
    return new DeviceSpec(
        name,
        Set.of(branch),
        Json.object()
            .put("type", "generator")
            .put("kw", kilowatts)
            .put("startSeconds", startSeconds)
            .put("stopSeconds", 1),
        DeviceSpec.DEFAULT_LEASE);
  }

  static DeviceSpec breaker(String name, Area branch) {
    return new DeviceSpec(
        name,
        Set.of(branch),
        Json.object().put("type", "breaker").put("position", "closed"),
        DeviceSpec.DEFAULT_LEASE);
  }

  static DeviceSpec meter(String name, Area branch) {
    return new DeviceSpec(
        name,
        Set.of(branch),
        Json.object().put("type", "meter").put("kw", 3),
        DeviceSpec.DEFAULT_LEASE);
  }
}
