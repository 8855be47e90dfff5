// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import java.time.Duration;

/**
 * Where an image may be had from, piece by piece. What it gives is not believed: whoever asks
 * checks it. It may block for as long as a piece may take.
 */
public interface Source extends AutoCloseable {
  /** For people. */
  String name();

  /** A pause before each piece, so that others have their turn. */
  Duration apart();

  /** One piece, counted from 0; it may have any content, but no more bytes than the piece has. */
  byte[] chunk(Image image, int index) throws TransferException;

  /** Nothing more is asked. */
  @Override
  default void close() {}
}
