// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

/** What a history must show, each named in the words of the promise it stands for. */
public enum Rule {
  KEPT("an accepted order is known to the service, now and after another restart"),
  ENDED("an accepted delivery has ended, or is openly unconfirmed"),
  STEADY("a delivery's end is the same after another restart"),
  ONCE("no device carries out an order twice"),
  FRESH("no order is carried out before its execute-at or after its execute-by"),
  MET("an order with a condition is carried out only while the equipment is so"),
  ORDERED("nothing is carried out that was not submitted to that device and taken"),
  TRUE("an outcome says what the equipment did"),
  AGREED("the service's state is the one that the device signed, and there is one"),
  TAKEN_BACK("an order that the device says was taken back is not carried out"),
  REPLACED("an order is not carried out after the one that took its place"),
  UNDONE("what an order did for a time is undone when that is over, not before, and nothing else"),
  GIVEN_UP("what a person gave up stays uncertain, with what the device says later beside it"),
  QUARANTINED("a device with an older journal is told to a person and carries out nothing more");

  private final String promise;

  Rule(String promise) {
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}
