// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

/** What a history must show, each named in the words of the promise it stands for. */
public enum Rule {
  KEPT("an accepted order is known to the service, now and after another restart"),
  ENDED("an accepted delivery has ended, or is openly unconfirmed"),
  STEADY("a delivery's end is the same after another restart"),
  ONCE("no device carries out an order twice"),
  FRESH("no order is carried out after its execute-by"),
  ORDERED("nothing is carried out that was not submitted to that device and taken"),
  TRUE("an outcome says what the equipment did"),
  AGREED("the service's state is the one that the device signed, and there is one"),
  QUARANTINED("a device with an older journal is told to a person and carries out nothing more");

  private final String promise;

  Rule(String promise) {
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}
