// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.certainty;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One line of the log of one device. */
sealed interface Happening {
  Instant at();

  /** Somebody opened a stream of its account. */
  record Opened(Instant at, int stream) implements Happening {}

  /** A stream proved the device's key. */
  record Proved(Instant at, int stream) implements Happening {}

  record Closed(Instant at, int stream) implements Happening {}

  /** Any stanza on the stream that speaks for the device. */
  record Heard(Instant at) implements Happening {}

  record Promised(Instant at, Duration lease, Duration grace) implements Happening {}

  record TookLeave(Instant at, Optional<Instant> next) implements Happening {}

  /** From now on it answers probes, or does not. */
  record Answering(Instant at, boolean yes) implements Happening {}

  /** The service was killed, all streams with it, and another began on its journal. */
  record Restarted(Instant at) implements Happening {}
}
