// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Event;
import energy.muster.console.session.Standing;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkState;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A conversation in lines of text. */
public final class TextFace implements Face {
  private static final int NAME_WIDTH = 10;
  private static final int STATE_WIDTH = 9;

  private final Paint paint;
  private final Speech speech;
  private final Consumer<String> out;
  private final Tables tables;
  private LinkState shown = LinkState.CONNECTING;

  /** Writes each line or block of lines to {@code out}, without its last line break. */
  public TextFace(Paint paint, ZoneId zone, Consumer<String> out) {
    this.paint = paint;
    this.speech = new Speech(zone);
    this.out = out;
    this.tables = new Tables(paint, speech, out);
  }

  @Override
  public void echo(String prompt, String line) {
    out.accept(paint.strong(prompt) + line);
  }

  @Override
  public synchronized void show(Event event) {
    if (event instanceof Event.Answered answered) {
      answered(answered);
    } else if (event instanceof Event.Listed listed) {
      tables.listed(listed);
    } else if (event instanceof Event.Shown known) {
      tables.shown(known);
    } else if (event instanceof Event.Addressed addressed) {
      stamped(
          addressed.at(),
          Speech.instruction(addressed.instruction())
              + " "
              + addressed.devices().size()
              + " devices: "
              + names(addressed.devices()));
    } else if (event instanceof Event.Accepted accepted) {
      accepted(accepted);
    } else if (event instanceof Event.Declined declined) {
      stamped(
          declined.at(),
          paint.bad("refused by the service: " + declined.refusal().reason())
              + ". "
              + Speech.clean(declined.refusal().text()));
    } else if (event instanceof Event.Ended ended) {
      device(ended.at(), ended.device(), ended.standing(), "by the service");
    } else if (event instanceof Event.StillOpen open) {
      open.open()
          .forEach((device, standing) -> device(open.at(), device, standing, "no answer yet"));
      stamped(
          open.at(), "no longer waiting; order " + open.order().brief() + " shows how it goes on");
    } else {
      small(event);
    }
  }

  private void small(Event event) {
    if (event instanceof Event.Changed changed) {
      Contact contact = changed.contact();
      stamped(
          changed.at(),
          name(contact.device())
              + "is "
              + tables.coloured(contact, speech.contact(contact, changed.at())));
    } else if (event instanceof Event.Noticed noticed) {
      String text = noticed.kind() + ": " + Speech.clean(noticed.text());
      stamped(
          noticed.at(), noticed.kind().equals("fault") ? paint.bad(text) : paint.doubtful(text));
    } else if (event instanceof Event.Waiting waiting) {
      stamped(
          waiting.at(),
          paint.quiet(
              "waiting for "
                  + names(waiting.devices())
                  + ", up to "
                  + waiting.limit().toSeconds()
                  + " s"));
    } else if (event instanceof Event.Linked linked) {
      linked(linked);
    } else if (event instanceof Event.Distrusted distrusted) {
      stamped(
          distrusted.at(),
          paint.bad("not believed: " + distrusted.why().reason())
              + ". "
              + Speech.clean(distrusted.why().text()));
    } else if (event instanceof Event.Orders orders) {
      tables.orders(orders);
    } else if (event instanceof Event.OrderShown order) {
      tables.order(order.order(), order.at());
    } else if (event instanceof Event.Exported exported) {
      exported.files().forEach(file -> out.accept("  " + file));
    } else if (event instanceof Event.Expected expected) {
      stamped(
          expected.at(), expected.met() ? paint.good(expected.text()) : paint.bad(expected.text()));
    } else if (event instanceof Event.Mistaken mistaken) {
      out.accept(mistaken.hint().under(mistaken.line()));
    } else if (event instanceof Event.Warned warned) {
      stamped(warned.at(), paint.doubtful(warned.text()));
    } else if (event instanceof Event.Said said) {
      out.accept(Speech.clean(said.text().replace('\n', '\u2028')).replace('\u2028', '\n'));
    }
  }

  private void answered(Event.Answered answered) {
    Outcome outcome = answered.outcome();
    Result result = outcome.result();
    String took = answered.took().map(time -> " (" + Speech.seconds(time) + ")").orElse("");
    String other =
        answered.took().isPresent()
            ? ""
            : " ["
                + Speech.instruction(answered.instruction())
                + ", order "
                + outcome.command().brief()
                + " of another sitting]";
    String text = Speech.clean(result.text());
    String state = result.state().wire();
    if (result instanceof Result.Declined declined) {
      state = "refused: " + declined.refusal().reason() + ".";
    } else if (result instanceof Result.Failed failed) {
      state = "failed: " + failed.refusal().reason() + ".";
    }
    stamped(
        answered.at(),
        name(outcome.header().issuer())
            + Speech.coloured(paint, result.state(), Speech.padded(state, STATE_WIDTH))
            + " "
            + text
            + paint.quiet(took + other));
    outcome
        .state()
        .filter(state2 -> outcome.clock().isPresent())
        .ifPresent(presence -> detail(speech.status(presence)));
    outcome
        .clock()
        .ifPresent(
            clock ->
                detail(
                    "its clock "
                        + speech.time(clock.now(), answered.at())
                        + (clock.sure() ? ", sure" : ", not sure of it")));
  }

  private void accepted(Event.Accepted accepted) {
    if (accepted.deliveries().size() > 1) {
      stamped(
          accepted.at(),
          paint.quiet(
              "order "
                  + accepted.order().brief()
                  + " accepted for "
                  + accepted.deliveries().size()
                  + " devices"));
    }
    accepted
        .deliveries()
        .forEach(
            (device, standing) -> {
              if (standing.state() == DeliveryState.HELD) {
                device(
                    accepted.at(),
                    device,
                    standing,
                    "not there now; sent if it comes back in time");
              }
            });
  }

  private void linked(Event.Linked linked) {
    if (linked.state() == shown) {
      return;
    }
    switch (linked.state()) {
      case PROVEN -> stamped(linked.at(), paint.quiet("connected, key proven"));
      case CONNECTING -> {
        if (shown == LinkState.PROVEN) {
          stamped(linked.at(), paint.doubtful("connection lost, connecting again"));
        }
      }
      case CONNECTED, CLOSED -> {}
    }
    shown = linked.state();
  }

  private void device(Instant at, BareJid device, Standing standing, String otherwise) {
    String text = standing.text().isEmpty() ? otherwise : Speech.clean(standing.text());
    stamped(
        at,
        name(device)
            + Speech.coloured(
                paint, standing.state(), Speech.padded(standing.state().wire(), STATE_WIDTH))
            + " "
            + text);
  }

  static String names(List<BareJid> devices) {
    return devices.stream().map(BareJid::local).collect(Collectors.joining(", "));
  }

  static String name(BareJid device) {
    return Speech.padded(device.local(), NAME_WIDTH - 1) + " ";
  }

  private void stamped(Instant at, String text) {
    out.accept(paint.quiet(speech.clock(at)) + " " + text);
  }

  private void detail(String text) {
    out.accept(" ".repeat(9) + text);
  }
}
