// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.PacketError.Condition;

/** Results and refusals as IQ answers, and what such answers say. */
final class Answers {
  private Answers() {}

  static IQ result(IQ request, Payload payload) {
    IQ result = IQ.createResultIQ(request);
    result.setChildElement(PayloadXml.write(payload));
    return result;
  }

  static IQ refused(IQ request, Refusal refusal) {
    IQ answer = IQ.createResultIQ(request);
    refuse(answer, refusal);
    return answer;
  }

  /** Makes an answer a typed refusal, whatever error it held before. */
  static void refuse(IQ answer, Refusal refusal) {
    PacketError error = plain(condition(refusal.reason()));
    error.getElement().add(PayloadXml.write(Payload.refused(refusal)));
    answer.setType(IQ.Type.error);
    answer.setError(error);
  }

  /** An error that says nothing but its condition. */
  static PacketError plain(Condition condition) {
    PacketError error = new PacketError(condition);
    // Tinder still writes the numbers that RFC 6120 dropped.
    error.getElement().addAttribute("code", null);
    return error;
  }

  /** Makes an answer an empty result, whatever error it held before. */
  static void grant(IQ answer) {
    List.copyOf(answer.getElement().elements()).forEach(answer.getElement()::remove);
    answer.setType(IQ.Type.result);
  }

  /** A refusal as any client reads it: a condition of XMPP's own, and words. */
  static PacketError plain(Refusal refusal) {
    PacketError error = plain(condition(refusal.reason()));
    error.setText(refusal.text());
    return error;
  }

  static IQ error(IQ request, Condition condition) {
    IQ answer = IQ.createResultIQ(request);
    answer.setType(IQ.Type.error);
    answer.setError(condition);
    return answer;
  }

  /** Why an error answer says no: its typed refusal, or its bare condition in words. */
  static Refusal refusal(IQ answer) {
    Element error = answer.getElement().element("error");
    if (error == null) {
      return new Refusal(Reason.MALFORMED, "an error without its condition");
    }
    Element refused = error.element(QName.get(Wire.REFUSED.element(), Wire.REFUSED.namespace()));
    try {
      return refused != null
          ? PayloadXml.read(refused).toRefusal()
          : new Refusal(
              Reason.UNSUPPORTED, "answered " + new PacketError(error).getCondition().toXMPP());
    } catch (Refused unreadable) {
      return unreadable.refusal();
    }
  }

  /**
   * The payload of a result.
   *
   * @throws Refused malformed if it holds none
   */
  static Payload payload(IQ answer) {
    Element child = answer.getChildElement();
    if (child == null) {
      throw new Refused(Reason.MALFORMED, "an answer without its element");
    }
    return PayloadXml.read(child);
  }

  private static Condition condition(Reason reason) {
    return switch (reason) {
      case MALFORMED, INVALID_ARGUMENT -> Condition.bad_request;
      case NOT_AUTHORISED, UNTRUSTED, REVOKED, TRUST_STALE, BAD_SIGNATURE -> Condition.forbidden;
      case NOT_PROVEN -> Condition.not_authorized;
      case UNKNOWN -> Condition.item_not_found;
      case AWAY -> Condition.recipient_unavailable;
      case TOO_LARGE, BUSY, NO_SPACE, RATE_LIMITED -> Condition.resource_constraint;
      case UNSUPPORTED -> Condition.feature_not_implemented;
      case REPLAYED, ID_CONFLICT -> Condition.conflict;
      case STALE,
          CLOCK_UNSURE,
          WRONG_TARGET,
          PRECONDITION,
          NOT_SELECTED,
          SUPERSEDED,
          CRITICAL_PROCESS,
          INTERLOCKED,
          LOCAL_CONTROL,
          ALREADY_THERE,
          OUT_OF_ENVELOPE,
          CANCELLED,
          TOO_LATE,
          ROLLBACK,
          NOT_RELEASED,
          CORRUPT,
          TRANSFER_FAILED,
          SELF_TEST_FAILED,
          CONTENT_REFUSED,
          HARDWARE_FAULT ->
          Condition.not_acceptable;
    };
  }
}
