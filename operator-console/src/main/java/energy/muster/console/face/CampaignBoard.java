// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An upgrade as a board: its waves and its devices, each with a bar. */
final class CampaignBoard {
  private static final int BAR = 20;
  private static final int STATE_WIDTH = 12;

  /** So many devices fit below the waves of a board that is drawn again and again. */
  private static final int MOST = 12;

  private final Lines lines;
  private final Paint paint;

  CampaignBoard(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
  }

  /** Such as {@code [#####...............]}. */
  static String bar(long done, long all) {
    int full = all == 0 ? 0 : (int) Math.min(BAR, done * BAR / all);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  String state(Campaign campaign) {
    String words = Speech.clean(campaign.state().words());
    return switch (campaign.state()) {
      case DONE -> paint.good(words);
      case STOPPED, FAILED -> paint.bad(words);
      case AWAITING_APPROVAL, PAUSED, ENDED -> paint.doubtful(words);
      case RUNNING -> words;
    };
  }

  /** Every device. */
  List<String> all(Campaign campaign, Instant now) {
    List<String> board = head(campaign, now);
    campaign.members().forEach(member -> board.add(member(member, now)));
    return board;
  }

  /** The devices at which something happens or has gone wrong; the others are counted. */
  List<String> live(Campaign campaign, Instant now) {
    List<String> board = head(campaign, now);
    List<CampaignMember> shown =
        campaign.members().stream().filter(CampaignBoard::worthALook).limit(MOST).toList();
    shown.forEach(member -> board.add(member(member, now)));
    int left = campaign.members().size() - shown.size();
    if (left > 0) {
      board.add(paint.quiet("  and " + left + " more; Ctrl-C leaves the board, not the campaign"));
    }
    return board;
  }

  private static boolean worthALook(CampaignMember member) {
    return member.state() != CampaignMember.State.WAITING
        && member.state() != CampaignMember.State.SUCCEEDED;
  }

  private List<String> head(Campaign campaign, Instant now) {
    List<String> board = new ArrayList<>();
    board.add(
        "campaign "
            + campaign.order().brief()
            + "  "
            + paint.strong(campaign.product() + " " + campaign.version())
            + "  "
            + state(campaign)
            + (campaign.text().isEmpty() ? "" : ": " + Speech.clean(campaign.text()))
            + (campaign.state().over()
                ? ""
                : ", until " + lines.speech().time(campaign.until(), now)));
    for (int wave = 1; wave <= campaign.waves().size(); wave++) {
      int number = wave;
      long done =
          campaign.members().stream()
              .filter(member -> member.wave() == number)
              .filter(member -> member.state() == CampaignMember.State.SUCCEEDED)
              .count();
      int size = campaign.waves().get(wave - 1);
      board.add("  wave " + wave + "    " + bar(done, size) + " " + done + " of " + size);
    }
    return board;
  }

  private String member(CampaignMember member, Instant now) {
    int percent =
        member.state() == CampaignMember.State.SUCCEEDED
            ? 100
            : member.progress().map(CampaignBoard::percent).orElse(0);
    return "  "
        + TextFace.name(member.device())
        + bar(percent, 100)
        + " "
        + Speech.padded(member.state().wire(), STATE_WIDTH)
        + lines.speech().time(member.at(), now)
        + "  "
        + coloured(
            member,
            Speech.clean(
                member.state() == CampaignMember.State.BEGUN && member.progress().isPresent()
                    ? member.progress().get().toString()
                    : member.text()));
  }

  /** Of the bytes while they come; what follows them is the last tenth. */
  private static int percent(UpdateProgress progress) {
    UpdateState state = progress.state();
    return state == UpdateState.DOWNLOADING || state == UpdateState.DOWNLOAD_PAUSED
        ? progress.percent() * 9 / 10
        : 95;
  }

  private String coloured(CampaignMember member, String text) {
    return switch (member.state()) {
      case SUCCEEDED -> paint.good(text);
      case FAILED -> paint.bad(text);
      case LEFT, UNCONFIRMED -> paint.doubtful(text);
      case WAITING -> paint.quiet(text);
      case BEGUN -> text;
    };
  }
}
