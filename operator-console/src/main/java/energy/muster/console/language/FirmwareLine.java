// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Rollout;
import java.net.URI;
import java.util.Optional;

/** About firmware: what there is, what runs where, and how a fleet is brought to it. */
public sealed interface FirmwareLine extends Line.OfFirmware {
  /** {@code publish firmware IMAGE with MANIFEST}. */
  record PublishImage(Line.Target image, Line.Target manifest) implements FirmwareLine {}

  /** {@code publish releases FILE}. */
  record PublishReleases(Line.Target file) implements FirmwareLine {}

  /** {@code firmware}: what is released, and what of it the service has. */
  record Stored() implements FirmwareLine {}

  /**
   * {@code upgrade relays to 2.4.1 in waves of 1, 10 % until 18:00}.
   *
   * @param product where several have that version
   * @param source where devices that are set to fetch it by HTTP find it
   * @param until how long devices that are away or busy are waited for
   * @param column where the version stands in the line
   */
  record Upgrade(
      Selection targets,
      FirmwareVersion version,
      Optional<String> product,
      Rollout rollout,
      Optional<URI> source,
      Optional<Moment> until,
      Optional<String> reason,
      int column)
      implements FirmwareLine {}

  /** {@code campaigns}. */
  record Campaigns() implements FirmwareLine {}

  /** {@code campaign 7QK2XA}. */
  record Board(Name order) implements FirmwareLine {}

  /** {@code pause campaign 7QK2XA because …}, {@code resume campaign 7QK2XA because …}. */
  record Act(CampaignAct.Kind kind, Name order, String reason) implements FirmwareLine {}

  /** {@code approve campaign 7QK2XA}: signs the same order as the second person. */
  record Approve(Name order) implements FirmwareLine {}

  /**
   * {@code inventory [DEVICES] [to FILE]}, {@code who needs 2.4.1}.
   *
   * @param needs only those that run a lower version and could go to this one
   */
  record Runs(
      Optional<Selection> devices, Optional<FirmwareVersion> needs, Optional<Line.Target> file)
      implements FirmwareLine {}
}
