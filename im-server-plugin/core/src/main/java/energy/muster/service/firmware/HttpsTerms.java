// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import java.util.function.BiPredicate;
import java.util.function.IntToLongFunction;

/**
 * On what terms a server hands images out over HTTPS beside the service.
 *
 * @param admits whether whoever has this token may fetch the image of that digest
 * @param pause how many nanoseconds so many bytes wait before they go out
 */
public record HttpsTerms(BiPredicate<String, String> admits, IntToLongFunction pause) {
  /** Of a service that keeps no firmware. */
  public static final HttpsTerms NONE = new HttpsTerms((token, image) -> false, bytes -> 0);
}
