// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.link.RangeAnswer;
import energy.muster.link.ServerFiles;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTPS of the server that the session is with, for one image. It wants a pass, which the
 * service gives on the session; the pass is told to that server only, whose TLS certificate is
 * checked as the session's is, and never to an {@link HttpSource}. Used by one thread.
 */
public final class ServerSource implements Source {
  private static final String PATH = "/firmware/";

  private final FirmwareKit.Door door;
  private final Service service;
  private Optional<ServerFiles> files = Optional.empty();
  private Optional<String> token = Optional.empty();

  public ServerSource(FirmwareKit.Door door, Service service) {
    this.door = door;
    this.service = service;
  }

  @Override
  public String name() {
    return "the server's HTTPS";
  }

  @Override
  public Duration apart() {
    return Duration.ZERO;
  }

  @Override
  public byte[] chunk(Image image, int index) throws TransferException {
    boolean asked = token.isEmpty();
    RangeAnswer answer = ask(image, index, asked ? newToken(image) : token.get());
    if (refused(answer) && !asked) {
      // It is over, or the service has started again since.
      answer = ask(image, index, newToken(image));
    }
    if (refused(answer)) {
      token = Optional.empty();
      throw TransferException.failed("it does not take the pass that the service gave");
    }
    return Ranges.piece(answer, image, index);
  }

  private String newToken(Image image) throws TransferException {
    token = Optional.of(service.pass(image).token());
    return token.get();
  }

  private static boolean refused(RangeAnswer answer) {
    return answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED;
  }

  private RangeAnswer ask(Image image, int index, String with) throws TransferException {
    try {
      if (files.isEmpty()) {
        files = Optional.of(door.open());
      }
      return files
          .get()
          .get(PATH + image.digest(), with, image.offset(index), Ranges.last(image, index));
    } catch (IOException e) {
      throw TransferException.failed("piece %d: %s".formatted(index, e));
    }
  }

  @Override
  public void close() {
    files.ifPresent(ServerFiles::close);
  }
}
