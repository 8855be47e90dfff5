// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.session.LeaseTerm;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Answers what a device is asked: what is signed whoever brings it, the rest to the service. */
final class Reception {
  private final BareJid jid;
  private final Site site;
  private final OrderDesk desk;
  private final MasterDesk master;
  private final Equipment equipment;
  private final Executor executor;

  /**
   * @param executor on which the device does all it does
   */
  Reception(
      BareJid jid,
      Site site,
      OrderDesk desk,
      MasterDesk master,
      Equipment equipment,
      Executor executor) {
    this.jid = jid;
    this.site = site;
    this.desk = desk;
    this.master = master;
    this.equipment = equipment;
    this.executor = executor;
  }

  /** Any thread. */
  CompletionStage<Payload> asked(String from, Payload question) {
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            answer(from, question, answer);
          } catch (Refused e) {
            answer.completeExceptionally(e);
          } catch (RuntimeException | Error e) {
            site.events().trouble(jid, "internal: " + e);
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private void answer(String from, Payload question, CompletableFuture<Payload> answer) {
    switch (question.wire()) {
      case DELIVER -> desk.take(from, question, answer);
      case INQUIRE -> desk.inquire(from, question, answer);
      case CRL -> revocations(question, answer);
      case MANDATE -> answer.complete(master.mandate(question));
      case OUTCOME -> answer.complete(master.outcome(question));
      case OUTCOMES -> answer.complete(master.outcomes(question));
      // Of its own orders a master IED needs no words beside the outcomes.
      case NOTICE -> answer.complete(Payload.empty(Wire.NOTICE));
      case LEASE -> {
        ofService(from);
        answer.complete(lease(question).payload());
      }
      case DEVICE -> {
        ofService(from);
        answer.complete(Payload.of(Wire.DEVICE, equipment.presence().write()));
      }
      default ->
          throw new Refused(
              Refusal.of(
                  Reason.UNSUPPORTED, "a device does not take %s", question.wire().element()));
    }
  }

  private void revocations(Payload list, CompletableFuture<Payload> answer) {
    var unused =
        site.trust()
            .take(list)
            .whenComplete(
                (kept, error) -> {
                  if (error == null) {
                    answer.complete(kept);
                  } else {
                    answer.completeExceptionally(
                        new Refused(Reason.NO_SPACE, "the list is in force but could not be kept"));
                  }
                });
  }

  /** What is not signed is the service's to ask alone. */
  private void ofService(String from) {
    if (!from.equals(Wire.service(jid.domain()))) {
      throw new Refused(Reason.NOT_AUTHORISED, "only the service asks that");
    }
  }

  /** Without a wish, how long the lease is. */
  private LeaseTerm lease(Payload question) {
    if (question.json().isPresent()) {
      equipment.lease(LeaseTerm.read(question).lease());
    }
    return new LeaseTerm(equipment.lease());
  }
}
