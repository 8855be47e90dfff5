// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareVersion;
import java.util.Optional;

/** Reads what is asked and done about firmware. */
final class FirmwareReader {
  private final Words words;
  private final SelectionReader selections;

  FirmwareReader(Words words) {
    this.words = words;
    this.selections = new SelectionReader(words);
  }

  /** {@code publish firmware IMAGE with MANIFEST}, {@code publish releases FILE}. */
  Line publish() {
    if (words.accept("releases")) {
      return new FirmwareLine.PublishReleases(file("a list of releases"));
    }
    words.require("firmware", "firmware or releases, and a file");
    Line.Target image = file("an image");
    words.require("with", "with and its manifest, as in publish firmware relay.bin with relay.cms");
    return new FirmwareLine.PublishImage(image, file("its manifest"));
  }

  private Line.Target file(String what) {
    Word file = words.take(what);
    if (file.text().isBlank() || file.is(",")) {
      throw Hint.at(file, "expected " + what);
    }
    return new Line.Target(file.text(), file.start());
  }

  Line upgrade() {
    Selection targets = selections.required();
    words.require("to", "to and a version, as in upgrade relays to 2.4.1");
    int column = words.peek().map(Word::start).orElse(words.end());
    FirmwareVersion version = version(words);
    return new RolloutReader(words).read(targets, version, column);
  }

  static FirmwareVersion version(Words words) {
    Word word = words.take("a version such as 2.4.1");
    try {
      return FirmwareVersion.parse(word.text());
    } catch (IllegalArgumentException e) {
      throw Hint.at(word, "expected a version such as 2.4.1, not " + word);
    }
  }

  Line board() {
    return new FirmwareLine.Board(campaign());
  }

  Line act(CampaignAct.Kind kind) {
    Name order = afterCampaign();
    words.require("because", "because and why, as in because \"wait for the night shift\"");
    return new FirmwareLine.Act(kind, order, new OptionsReader(words).because());
  }

  /** It ends as any order does: its signer takes it back. */
  Line abort() {
    Name order = afterCampaign();
    Optional<String> reason =
        words.accept("because")
            ? Optional.of(new OptionsReader(words).because())
            : Optional.empty();
    return new Line.Cancel(order, reason);
  }

  Line approve() {
    return new FirmwareLine.Approve(afterCampaign());
  }

  private Name afterCampaign() {
    words.require("campaign", "campaign and its id, as campaigns shows it");
    return campaign();
  }

  private Name campaign() {
    return selections.name("a campaign's id, as campaigns shows it");
  }

  /** {@code inventory [DEVICES] [to FILE]}. */
  Line inventory() {
    Optional<Selection> devices =
        words.more() && !words.follows("to")
            ? Optional.of(selections.required())
            : Optional.empty();
    return new FirmwareLine.Runs(devices, Optional.empty(), target());
  }

  /** {@code who needs 2.4.1 [to FILE]}, after {@code who needs}. */
  Line whoNeeds() {
    FirmwareVersion version = version(words);
    return new FirmwareLine.Runs(Optional.empty(), Optional.of(version), target());
  }

  private Optional<Line.Target> target() {
    return words.accept("to") ? Optional.of(file("a file, such as fleet.csv")) : Optional.empty();
  }
}
