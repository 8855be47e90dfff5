// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

/** The session a question was for is not there: it certainly never got it. */
public final class Undeliverable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Undeliverable(String text) {
    super(text, null, false, false);
  }
}
