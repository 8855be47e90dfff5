// SPDX-License-Identifier: Apache-2.0
package energy.muster.refusal;

/**
 * Carries a {@link Refusal} out of a parser or a check to the edge that answers it. Thrown only
 * where a value is being read or verified; it has no stack trace because it is an answer, not a
 * fault.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public Refused(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  public Refused(Reason reason, String text) {
    this(new Refusal(reason, text));
  }

  public Refusal refusal() {
    return refusal;
  }
}
