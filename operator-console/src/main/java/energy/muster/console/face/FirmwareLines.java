// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.Depot;
import energy.muster.firmware.InventoryEntry;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.firmware.StoredFirmware;
import energy.muster.identity.BareJid;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Firmware, what runs where, and how upgrades go, in lines of text. */
final class FirmwareLines {
  private static final int NAME_WIDTH = 24;
  private static final int STATE_WIDTH = 13;

  private final Lines lines;
  private final Paint paint;
  private final Screen screen;
  private final CampaignBoard board;

  FirmwareLines(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.screen = lines.screen();
    this.board = new CampaignBoard(lines);
  }

  /** Whether it was about firmware. */
  boolean show(Event event) {
    if (!(event instanceof FirmwareEvent)) {
      return false;
    }
    if (event instanceof FirmwareEvent.DepotShown shown) {
      depot(shown);
    } else if (event instanceof FirmwareEvent.Uploaded uploaded) {
      uploaded(uploaded);
    } else if (event instanceof FirmwareEvent.UpgradePlanned planned) {
      planned(planned);
    } else if (event instanceof FirmwareEvent.CampaignsListed listed) {
      listed.campaigns().forEach(each -> listed(each, listed.at()));
      screen.print(paint.quiet(count(listed.campaigns().size(), "campaign")));
    } else if (event instanceof FirmwareEvent.CampaignShown shown) {
      campaign(shown);
    } else if (event instanceof FirmwareEvent.CampaignActed acted) {
      lines.stamped(
          acted.at(),
          "campaign "
              + acted.order().brief()
              + ": "
              + Speech.clean(acted.text().isEmpty() ? acted.state() : acted.text()));
    } else if (event instanceof FirmwareEvent.InventoryShown shown) {
      inventory(shown);
    }
    return true;
  }

  private void depot(FirmwareEvent.DepotShown shown) {
    Depot depot = shown.depot();
    screen.print(
        depot.releases() == 0
            ? "nothing is released"
            : "list of releases "
                + depot.releases()
                + depot
                    .expires()
                    .map(
                        end ->
                            end.isAfter(shown.at())
                                ? ", good until " + lines.speech().time(end, shown.at())
                                : paint.bad(
                                    ", ended at "
                                        + lines.speech().time(end, shown.at())
                                        + ": devices take nothing by it"))
                    .orElse(""));
    for (StoredFirmware each : depot.firmwares()) {
      screen.print(
          Speech.padded(each.product() + " " + each.version(), NAME_WIDTH)
              + Speech.padded(each.released() ? "released" : "not released", STATE_WIDTH)
              + (each.complete()
                  ? paint.good("complete")
                  : paint.doubtful(each.chunksThere() + " of " + each.image().chunks() + " chunks"))
              + ", "
              + size(each.image().size())
              + ", "
              + Speech.clean(each.scan()));
    }
    screen.print(
        paint.quiet(
            count(depot.firmwares().size(), "firmware")
                + "; scanner "
                + Speech.clean(depot.scanner())));
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? (bytes + 999) / 1000 + " kB"
        : "%d.%d MB".formatted(bytes / 1_000_000, bytes / 100_000 % 10);
  }

  private void uploaded(FirmwareEvent.Uploaded uploaded) {
    boolean over = uploaded.done() == uploaded.pieces();
    String text =
        uploaded.name()
            + "  "
            + CampaignBoard.bar(uploaded.done(), uploaded.pieces())
            + " "
            + uploaded.done()
            + " of "
            + uploaded.pieces()
            + " chunks";
    screen.status(over ? "" : text);
    if (over) {
      lines.stamped(uploaded.at(), text);
    }
  }

  private void planned(FirmwareEvent.UpgradePlanned planned) {
    Rollout rollout = planned.upgrade().rollout();
    int devices = planned.waves().stream().mapToInt(List::size).sum();
    lines.stamped(
        planned.at(),
        "upgrade to "
            + paint.strong(planned.upgrade().product() + " " + planned.upgrade().version())
            + ", "
            + count(devices, "device")
            + planned.issuer().map(by -> ", signed by " + by).orElse("")
            + ", until "
            + lines.speech().time(planned.until(), planned.at()));
    int number = 0;
    for (List<BareJid> wave : planned.waves()) {
      number++;
      lines.detail("wave " + number + ": " + TextFace.names(wave));
    }
    lines.detail(
        "goes on at "
            + rollout.proceed()
            + " % of a wave, stops at "
            + failures(rollout.stop())
            + ", at most "
            + rollout.away()
            + " of a group away"
            + rollout.patience().map(FirmwareLines::patience).orElse("")
            + planned.upgrade().source().map(from -> ", from " + from).orElse(""));
    planned.notes().forEach(note -> lines.detail(paint.quiet(Speech.clean(note))));
  }

  private static String patience(Duration patience) {
    return patience.compareTo(Rollout.NOBODY) < 0
        ? ", passes over whoever is away for "
            + AlarmWords.span(Instant.EPOCH, Instant.EPOCH.plus(patience))
        : ", passes over nobody";
  }

  private static String failures(Share share) {
    return share.percent() ? share.number() + " % failures" : count(share.number(), "failure");
  }

  private void listed(Campaign campaign, Instant now) {
    screen.print(
        campaign.order().brief()
            + "  "
            + Speech.padded(campaign.product() + " " + campaign.version(), NAME_WIDTH)
            + board.state(campaign)
            + ", "
            + counts(campaign)
            + (campaign.state().over()
                ? ""
                : ", until " + lines.speech().time(campaign.until(), now)));
  }

  private static String counts(Campaign campaign) {
    return Arrays.stream(CampaignMember.State.values())
        .filter(state -> campaign.counts().getOrDefault(state, 0) > 0)
        .map(state -> campaign.counts().get(state) + " " + state.wire())
        .collect(Collectors.joining(", "));
  }

  private void campaign(FirmwareEvent.CampaignShown shown) {
    if (shown.live()
        && screen.board(
            board.live(shown.campaign(), shown.at(), screen.columns(), screen.rows()))) {
      return;
    }
    screen.board(List.of());
    if (shown.live()) {
      listed(shown.campaign(), shown.at());
    } else {
      board.all(shown.campaign(), shown.at(), screen.columns()).forEach(screen::print);
    }
  }

  private void inventory(FirmwareEvent.InventoryShown shown) {
    if (shown.file().isPresent()) {
      screen.print("  " + shown.file().get());
    } else {
      for (InventoryEntry each : shown.devices()) {
        screen.print(
            TextFace.name(each.device())
                + Speech.padded(
                    each.installed().product() + " " + each.installed().version(), NAME_WIDTH)
                + standing(each)
                + ", "
                + Speech.clean(each.installed().hardware().toString())
                + ", start "
                + each.installed().boot()
                + ", said "
                + lines.speech().time(each.at(), shown.at())
                + each.scan().map(scan -> ", " + Speech.clean(scan.toString())).orElse(""));
      }
    }
    screen.print(
        paint.quiet(
            count(shown.devices().size(), "device")
                + (shown.unreported() > 0
                    ? "; " + shown.unreported() + " have never said what they run"
                    : "")));
  }

  private String standing(InventoryEntry entry) {
    return switch (entry.standing()) {
      case CURRENT -> paint.good("current");
      case BEHIND ->
          paint.doubtful("behind" + entry.newest().map(newest -> ", needs " + newest).orElse(""));
      case DRIFTED -> paint.bad("not what is released");
      case UNRELEASED -> paint.quiet("nothing is released for it");
    };
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
