// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.firmware.Pass;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;

/** What the service is asked about a firmware; calls block. */
public interface Service {
  /** The newest list of releases that it has. */
  Sealed releases() throws TransferException;

  Sealed manifest(Digest manifest) throws TransferException;

  /**
   * A part of the list of an image's chunks.
   *
   * @param index which {@link energy.muster.firmware.Piece#LONGEST} bytes of it, from 0
   */
  byte[] list(Image image, int index) throws TransferException;

  /** Leave to fetch an image over HTTPS from the server that the session is with. */
  Pass pass(Image image) throws TransferException;
}
