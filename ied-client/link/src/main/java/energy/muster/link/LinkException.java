// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

/** Nobody can know whether the other side got it: time-out, cut, or never sent. */
public final class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LinkException(String message) {
    super(message);
  }

  public LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
