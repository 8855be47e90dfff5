// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.Objects;
import java.util.Optional;

/**
 * What an HTTP server said to the question for a part of a file (RFC 9110 14); nothing of it is
 * believed yet.
 */
public final class RangeAnswer {
  private final int status;
  private final Optional<String> range;
  private final Optional<String> retryAfter;
  private final byte[] body;

  /**
   * @param range the header Content-Range
   * @param retryAfter the header Retry-After
   */
  public RangeAnswer(int status, Optional<String> range, Optional<String> retryAfter, byte[] body) {
    this.status = status;
    this.range = Objects.requireNonNull(range);
    this.retryAfter = Objects.requireNonNull(retryAfter);
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  /** The header Content-Range. */
  public Optional<String> range() {
    return range;
  }

  /** The header Retry-After. */
  public Optional<String> retryAfter() {
    return retryAfter;
  }

  public byte[] body() {
    return body.clone();
  }
}
