// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Another driver with something around it; whatever is not overridden is the other's. */
abstract class WrappedDriver implements Driver {
  private final Driver driver;

  WrappedDriver(Driver driver) {
    this.driver = driver;
  }

  final Driver driver() {
    return driver;
  }

  @Override
  public Condition condition() {
    return driver.condition();
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    return driver.refuse(order);
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    return driver.execute(order);
  }

  @Override
  public boolean deselect(DocumentId select, BareJid by) {
    return driver.deselect(select, by);
  }

  @Override
  public boolean reserved() {
    return driver.reserved();
  }

  @Override
  public Result readBack(Order order) {
    return driver.readBack(order);
  }

  @Override
  public boolean undoes(Verb verb) {
    return driver.undoes(verb);
  }

  @Override
  public boolean undo(Verb verb) {
    return driver.undo(verb);
  }

  @Override
  public boolean hold(Duration time) {
    return driver.hold(time);
  }

  @Override
  public Optional<String> protect() {
    return driver.protect();
  }

  @Override
  public Set<Happening> happenings() {
    return driver.happenings();
  }

  @Override
  public Optional<MeteringPoint> meteringPoint() {
    return driver.meteringPoint();
  }

  @Override
  public Optional<DriverSettings.Branch> branch() {
    return driver.branch();
  }

  @Override
  public void hear(Collection<Contact> downstream) {
    driver.hear(downstream);
  }

  @Override
  public ObjectNode save() {
    return driver.save();
  }

  @Override
  public void close() {
    driver.close();
  }
}
