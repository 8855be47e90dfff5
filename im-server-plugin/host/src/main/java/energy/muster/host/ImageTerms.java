// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

/** What the service says of images that are fetched here. */
interface ImageTerms {
  /** Whether whoever has this token may fetch the image of that digest. */
  boolean admits(String token, String image);

  /**
   * How many nanoseconds so many bytes wait before they go out, so that no order waits for them.
   */
  long pause(int bytes);
}
