// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Refusals as stanza errors (RFC 6120 8.3) and back. */
final class StanzaErrors {
  private StanzaErrors() {}

  static ErrorIQ refusing(IQ request, Refusal refusal) {
    return answering(request, of(refusal));
  }

  /** For a request that nobody here knows. */
  static ErrorIQ unknown(IQ request) {
    return answering(request, StanzaError.getBuilder(Condition.feature_not_implemented).build());
  }

  /** For a fault of ours that nobody planned: answered, so that the asker need not wait. */
  static ErrorIQ failing(IQ request) {
    return answering(
        request,
        StanzaError.from(Condition.internal_server_error, "this client failed to answer").build());
  }

  /** Without the request's element, which RFC 6120 8.3.1 would allow to echo: it may be 64 KiB. */
  private static ErrorIQ answering(IQ request, StanzaError error) {
    IqData envelope =
        StanzaBuilder.buildIqData(request.getStanzaId())
            .ofType(IQ.Type.error)
            .to(request.getFrom());
    return ErrorIQ.builder(error, envelope).build();
  }

  static StanzaError of(Refusal refusal) {
    // The type of the error (auth, modify, wait, cancel) follows from the condition.
    StanzaError.Builder error = StanzaError.getBuilder(condition(refusal.reason()));
    error.setExtensions(List.of(PayloadExtension.of(Payload.refused(refusal))));
    return error.build();
  }

  /** A typed no is {@link Refused}; where nobody can know, {@link LinkException}. */
  static RuntimeException read(StanzaError error) {
    Optional<Refusal> typed = refusal(error);
    if (typed.isPresent()) {
      return new Refused(typed.get());
    }
    String text = Optional.ofNullable(error.getDescriptiveText()).orElse("");
    return switch (error.getCondition()) {
      case feature_not_implemented ->
          new Refused(
              Reason.UNSUPPORTED, worded("the other side does not know this request", text));
      case internal_server_error, resource_constraint ->
          new Refused(Reason.BUSY, worded("the other side could not handle this request", text));
      case not_authorized, forbidden, not_allowed ->
          new Refused(Reason.NOT_AUTHORISED, worded("the server does not allow this", text));
      case bad_request, not_acceptable ->
          new Refused(Reason.MALFORMED, worded("the server cannot read this request", text));
      default -> new LinkException(worded(error.getCondition().toString(), text));
    };
  }

  private static Optional<Refusal> refusal(StanzaError error) {
    PayloadExtension refused = error.getExtension(Wire.REFUSED.element(), Wire.REFUSED.namespace());
    if (refused == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(refused.read().require().toRefusal());
    } catch (Refused unreadable) {
      return Optional.of(
          Refusal.of(Reason.UNSUPPORTED, "an unreadable refusal: %s", unreadable.refusal().text()));
    }
  }

  private static String worded(String what, String text) {
    return text.isEmpty() ? what : what + ": " + text;
  }

  private static Condition condition(Reason reason) {
    return switch (reason) {
      case MALFORMED, INVALID_ARGUMENT -> Condition.bad_request;
      case TOO_LARGE -> Condition.policy_violation;
      case NOT_AUTHORISED, UNTRUSTED, REVOKED, TRUST_STALE, BAD_SIGNATURE -> Condition.forbidden;
      case NOT_PROVEN -> Condition.not_authorized;
      case REPLAYED, ID_CONFLICT -> Condition.conflict;
      case STALE,
          CLOCK_UNSURE,
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
          CONTENT_REFUSED ->
          Condition.not_allowed;
      case BUSY, NO_SPACE, RATE_LIMITED -> Condition.resource_constraint;
      case UNSUPPORTED -> Condition.feature_not_implemented;
      case HARDWARE_FAULT -> Condition.internal_server_error;
      case WRONG_TARGET, UNKNOWN -> Condition.item_not_found;
      case AWAY -> Condition.recipient_unavailable;
    };
  }
}
