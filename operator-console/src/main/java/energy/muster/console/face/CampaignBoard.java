// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An upgrade as a board: its sum, its waves and its devices, each with a bar or why it waits. */
final class CampaignBoard {
  /** Below so many columns bars are short and times are left out. */
  private static final int WIDE = 80;

  private static final int BAR = 20;
  private static final int SHORT_BAR = 10;
  private static final int LABEL = 10;
  private static final int LONGEST_LABEL = 20;
  private static final int STATE_WIDTH = 11;

  /** More waves than that are not all drawn again and again. */
  private static final int MOST_WAVES = 6;

  /** What a live board keeps free: for the foot, the line being typed and the status. */
  private static final int FREE = 4;

  private static final List<CampaignMember.State> ORDER =
      List.of(
          CampaignMember.State.FAILED,
          CampaignMember.State.UNCONFIRMED,
          CampaignMember.State.LEFT,
          CampaignMember.State.BEGUN,
          CampaignMember.State.WAITING);

  /** Of whom there is nothing to tell. */
  private static final int LAST = 4;

  private static final Pattern INSTANT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)Z\\b");

  private final Lines lines;
  private final Paint paint;

  CampaignBoard(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
  }

  /** Such as {@code [#####...............]}. */
  static String bar(long done, long all) {
    return bar(done, all, BAR);
  }

  private static String bar(long done, long all, int width) {
    int full = all == 0 ? 0 : (int) Math.min(width, done * width / all);
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
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

  /**
   * Every wave and device.
   *
   * @param columns how wide it may be
   */
  List<String> all(Campaign campaign, Instant now, int columns) {
    Drawing drawing = new Drawing(campaign, now, columns >= WIDE);
    List<String> board = drawing.head(wave -> true);
    campaign.members().forEach(member -> board.add(drawing.member(member)));
    return board;
  }

  /**
   * The devices at which something happens, has gone wrong or is waited for; the others are
   * counted.
   *
   * @param columns how wide it may be
   * @param rows how high
   */
  List<String> live(Campaign campaign, Instant now, int columns, int rows) {
    Drawing drawing = new Drawing(campaign, now, columns >= WIDE);
    boolean few = campaign.waves().size() <= MOST_WAVES;
    List<String> board =
        drawing.head(wave -> few || (wave >= campaign.wave() - 1 && wave <= campaign.wave() + 2));
    List<CampaignMember> shown =
        campaign.members().stream()
            .filter(member -> rank(member) < LAST)
            .sorted(Comparator.comparingInt(CampaignBoard::rank))
            .limit(Math.max(1, rows - board.size() - FREE))
            .toList();
    shown.forEach(member -> board.add(drawing.member(member)));
    int left = campaign.members().size() - shown.size();
    board.add(
        paint.quiet(
            (left > 0 ? "  and " + left + " more; " : "  ")
                + "Ctrl-C leaves the board, not the campaign"));
    return board;
  }

  /** What needs a person first. */
  private static int rank(CampaignMember member) {
    return switch (member.state()) {
      case FAILED, UNCONFIRMED -> 0;
      case BEGUN -> 1;
      case WAITING -> why(member).startsWith("wave ") ? LAST : 2;
      case LEFT -> 3;
      case SUCCEEDED -> LAST;
    };
  }

  private static String why(CampaignMember member) {
    return Speech.clean(member.text()).replaceFirst("^held:? ", "");
  }

  /** Of the bytes while they come; what follows them is the last tenth. */
  private static int percent(CampaignMember member) {
    return switch (member.state()) {
      case SUCCEEDED -> 100;
      case BEGUN -> member.progress().map(CampaignBoard::percent).orElse(0);
      case WAITING, FAILED, LEFT, UNCONFIRMED -> 0;
    };
  }

  private static int percent(UpdateProgress progress) {
    return comes(progress) ? progress.percent() * 9 / 10 : 95;
  }

  private static boolean comes(UpdateProgress progress) {
    return progress.state() == UpdateState.DOWNLOADING
        || progress.state() == UpdateState.DOWNLOAD_PAUSED;
  }

  /** One board at one moment. */
  private final class Drawing {
    private final Campaign campaign;
    private final Instant now;
    private final boolean wide;
    private final int label;

    Drawing(Campaign campaign, Instant now, boolean wide) {
      this.campaign = campaign;
      this.now = now;
      this.wide = wide;
      this.label =
          campaign.members().stream()
              .mapToInt(member -> member.device().local().length() + 1)
              .filter(width -> width <= LONGEST_LABEL)
              .reduce(LABEL, Math::max);
    }

    List<String> head(Predicate<Integer> waves) {
      List<String> board = new ArrayList<>();
      board.add(title());
      if (!campaign.members().isEmpty()) {
        board.add(line("all", campaign.members(), campaign.members().size(), sum()));
      }
      for (int wave = 1; wave <= campaign.waves().size(); wave++) {
        if (waves.test(wave) && campaign.waves().size() > 1) {
          board.add(wave(wave));
        }
      }
      return board;
    }

    private String title() {
      return (wide ? "campaign " : "")
          + campaign.order().brief()
          + "  "
          + paint.strong(campaign.product() + " " + campaign.version())
          + "  "
          + state(campaign)
          + (campaign.text().isEmpty() ? "" : ": " + Speech.clean(campaign.text()))
          + (campaign.state().over()
              ? ""
              : ", "
                  + AlarmWords.span(now, campaign.until())
                  + " left"
                  + (wide ? ", until " + lines.speech().time(campaign.until(), now) : ""));
    }

    /** What needs a person first, so that it is not cut off. */
    private String sum() {
      String others =
          ORDER.stream()
              .filter(state -> campaign.counts().getOrDefault(state, 0) > 0)
              .map(state -> ", " + campaign.counts().get(state) + " " + state.wire())
              .collect(Collectors.joining());
      return done(campaign.members())
          + " of "
          + campaign.members().size()
          + (wide ? " run it" : "")
          + others;
    }

    private String wave(int number) {
      List<CampaignMember> of =
          campaign.members().stream().filter(member -> member.wave() == number).toList();
      int size = campaign.waves().get(number - 1);
      String text = line("wave " + number, of, size, done(of) + " of " + size);
      return number > campaign.wave() && !campaign.state().over() ? paint.quiet(text) : text;
    }

    private long done(List<CampaignMember> members) {
      return members.stream()
          .filter(member -> member.state() == CampaignMember.State.SUCCEEDED)
          .count();
    }

    private String line(String name, List<CampaignMember> members, int size, String text) {
      int sum = members.stream().mapToInt(CampaignBoard::percent).sum();
      return "  " + Speech.padded(name, label) + bars(sum, size * 100L) + text;
    }

    /** Such as {@code [#####...............] 25 % }. */
    private String bars(long done, long all) {
      long percent = all == 0 ? 0 : Math.min(100, done * 100 / all);
      return bar(done, all, wide ? BAR : SHORT_BAR)
          + " ".repeat(4 - Long.toString(percent).length())
          + percent
          + " %  ";
    }

    private String member(CampaignMember member) {
      boolean moves =
          member.state() == CampaignMember.State.BEGUN
              || member.state() == CampaignMember.State.SUCCEEDED;
      String bars = bars(percent(member), 100);
      return "  "
          + Speech.padded(member.device().local() + " ", label)
          + (moves ? bars : wide ? " ".repeat(bars.length()) : "")
          + coloured(member, words(member));
    }

    private String words(CampaignMember member) {
      String state =
          member.state() == CampaignMember.State.WAITING ? "waits:" : member.state().wire();
      return (wide
              ? Speech.padded(state, STATE_WIDTH) + lines.speech().time(member.at(), now) + "  "
              : member.state() == CampaignMember.State.BEGUN ? "" : state + " ")
          + (member.state() == CampaignMember.State.BEGUN && member.progress().isPresent()
              ? progress(member, member.progress().get())
              : local(why(member)));
    }

    /** The service knows no time zone but UTC. */
    private String local(String text) {
      return INSTANT
          .matcher(text)
          .replaceAll(found -> lines.speech().time(Instant.parse(found.group()), now));
    }

    private String progress(CampaignMember member, UpdateProgress progress) {
      return progress.state().words()
          + (comes(progress)
              ? left(member, progress).map(time -> ", about " + time + " left").orElse("")
              : "");
    }

    /** How long its bytes still take, if they go on coming as they did. */
    private Optional<String> left(CampaignMember member, UpdateProgress progress) {
      Duration taken = Duration.between(member.at(), now);
      int done = progress.percent();
      if (done < 5 || taken.toSeconds() < 2) {
        return Optional.empty();
      }
      Duration left = taken.multipliedBy(100 - done).dividedBy(done);
      return Optional.of(AlarmWords.span(now, now.plus(left)));
    }
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
