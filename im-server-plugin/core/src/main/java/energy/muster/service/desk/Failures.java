// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.util.concurrent.CompletionException;

/** What really went wrong in a stage. */
public final class Failures {
  private Failures() {}

  /** The failure without the wrapping that stages put around it. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
