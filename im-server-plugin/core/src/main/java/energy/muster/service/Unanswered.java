// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

/** A question had no answer in time: whether it arrived is unknown. */
public final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unanswered(String text) {
    super(text, null, false, false);
  }
}
