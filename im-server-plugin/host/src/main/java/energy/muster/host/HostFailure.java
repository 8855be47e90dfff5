// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

/** The server cannot start or go on, with a text that tells a person what to do about it. */
final class HostFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostFailure(String text) {
    super(text);
  }

  HostFailure(String text, Throwable cause) {
    super(text, cause);
  }
}
