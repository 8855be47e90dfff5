// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.io.IOException;

/** There is no room for what was to be written. */
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public DiskFullException(String message) {
    super(message);
  }
}
