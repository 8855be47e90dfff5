// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.FirmwareLine;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Name;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** How upgrades stand, and a person's hand on them. */
final class Campaigns {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration EACH = Duration.ofSeconds(1);

  private final Setup setup;
  private final Questions questions;
  private final Upgrades upgrades;
  private final Consumer<Event> events;
  private volatile boolean live;

  Campaigns(Setup setup, Questions questions, Upgrades upgrades, Consumer<Event> events) {
    this.setup = setup;
    this.questions = questions;
    this.upgrades = upgrades;
    this.events = events;
  }

  /** Somebody looks on: a board stays and changes until it is over. */
  void lookOn() {
    live = true;
  }

  LineResult run(FirmwareLine line) throws InterruptedException {
    if (line instanceof FirmwareLine.Upgrade upgrade) {
      return upgrades.give(upgrade);
    } else if (line instanceof FirmwareLine.Board board) {
      return board(board.order());
    } else if (line instanceof FirmwareLine.Act act) {
      return act(act);
    } else if (line instanceof FirmwareLine.Approve approve) {
      return upgrades.approve(one(approve.order()).order());
    }
    events.accept(new FirmwareEvent.CampaignsListed(now(), all()));
    return new LineResult.Done(true);
  }

  private List<Campaign> all() throws InterruptedException {
    return Campaign.readAll(
        questions.get(Payload.of(Wire.CAMPAIGNS, Json.object()), ANSWER).requireLargeJson());
  }

  private Campaign one(DocumentId order) throws InterruptedException {
    return Campaign.readAll(
            questions
                .get(Payload.of(Wire.CAMPAIGNS, Json.object().put("id", order.text())), ANSWER)
                .requireLargeJson())
        .stream()
        .filter(each -> each.order().equals(order))
        .findFirst()
        .orElseThrow(() -> new Refused(Reason.UNKNOWN, "there is no such campaign"));
  }

  private Campaign find(Name typed) throws InterruptedException {
    String text = typed.text().toUpperCase(Locale.ROOT);
    List<Campaign> found =
        all().stream()
            .filter(each -> each.order().text().equals(text) || each.order().text().endsWith(text))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new Hint(
        typed.column(),
        found.isEmpty()
            ? "no campaign ends in '" + text + "'; campaigns lists them"
            : found.size() + " campaigns are meant by '" + text + "'; type more of its id");
  }

  /** With its devices; a whole id is asked for as it is, for it may be long over. */
  private Campaign one(Name typed) throws InterruptedException {
    Optional<DocumentId> whole = whole(typed.text().toUpperCase(Locale.ROOT));
    return one(whole.isPresent() ? whole.get() : find(typed).order());
  }

  private static Optional<DocumentId> whole(String text) {
    try {
      return Optional.of(new DocumentId(text));
    } catch (IllegalArgumentException e) {
      // Only its end was typed.
      return Optional.empty();
    }
  }

  private LineResult board(Name typed) throws InterruptedException {
    Campaign campaign = one(typed);
    show(campaign);
    while (live && !campaign.state().over()) {
      questions.rest(EACH);
      try {
        campaign = one(campaign.order());
        show(campaign);
      } catch (LinkException unknown) {
        // The connection's own events say so; the board goes on when it is back.
      }
    }
    return new LineResult.Done(true);
  }

  private void show(Campaign campaign) {
    events.accept(
        new FirmwareEvent.CampaignShown(now(), campaign, live && !campaign.state().over()));
  }

  private LineResult act(FirmwareLine.Act asked) throws InterruptedException {
    Campaign campaign = one(asked.order());
    Instant now = now();
    Header header =
        new Header(
            DocumentType.CAMPAIGN_ACT,
            setup.site(),
            DocumentId.next(now),
            setup.identity().certified().jid(),
            now);
    CampaignAct act = new CampaignAct(header, campaign.order(), asked.kind(), asked.reason());
    var answer =
        questions
            .set(
                Payload.of(Wire.CAMPAIGN_ACT, Sealer.seal(act.write(), now, setup.identity())),
                ANSWER,
                why -> {})
            .requireJson();
    events.accept(
        new FirmwareEvent.CampaignActed(
            now(), campaign.order(), answer.path("state").asText(), answer.path("text").asText()));
    return new LineResult.Done(true);
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
