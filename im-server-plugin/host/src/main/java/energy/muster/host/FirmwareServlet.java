// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Hands out images of firmware by their digests, whole or in ranges. A file has such a name only
 * when all of it is there and it may be handed out; whoever fetches it checks it anyway. Only so
 * many at a time, so that the clients of this port are served as well.
 */
final class FirmwareServlet extends HttpServlet {
  /** How many are served at a time. */
  static final int AT_ONCE = 16;

  private static final long serialVersionUID = 1L;
  private static final Pattern DIGEST = Pattern.compile("/[A-Za-z0-9_-]{43}");
  private static final int PIECE = 64 * 1024;
  private static final int LATER_SECONDS = 5;
  private static final int TOO_BUSY = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  private final transient Path folder;
  private final transient Semaphore places = new Semaphore(AT_ONCE);

  FirmwareServlet(Path folder) {
    this.folder = folder;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean head = request.getMethod().equals("HEAD");
    if (!head && !request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    Optional<Path> image = image(request.getPathInfo());
    if (image.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (!places.tryAcquire()) {
      response.setIntHeader("Retry-After", LATER_SECONDS);
      response.sendError(TOO_BUSY);
    } else {
      try {
        send(image.get(), head, request, response);
      } finally {
        places.release();
      }
    }
  }

  private Optional<Path> image(String path) {
    return Optional.ofNullable(path)
        .filter(text -> DIGEST.matcher(text).matches())
        .map(text -> folder.resolve(text.substring(1)))
        .filter(Files::isRegularFile);
  }

  private static void send(
      Path image, boolean head, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = "\"" + image.getFileName() + "\"";
    response.setHeader("ETag", tag);
    response.setHeader("Accept-Ranges", "bytes");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
      long size = file.size();
      Optional<String> asked =
          Optional.ofNullable(request.getHeader("Range"))
              .filter(any -> applies(request.getHeader("If-Range"), tag));
      switch (ByteRange.asked(asked, size)) {
        case NONE -> {
          response.setHeader("Content-Range", "bytes */" + size);
          response.sendError(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
        }
        case ALL -> send(file, new ByteRange(0, size - 1), head, response);
        case ONE -> {
          ByteRange range = ByteRange.parse(asked.orElseThrow(), size).orElseThrow();
          response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
          response.setHeader(
              "Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), size));
          send(file, range, head, response);
        }
      }
    }
  }

  /** Of another file than it has begun with, a client gets all. */
  private static boolean applies(String condition, String tag) {
    return condition == null || condition.equals(tag);
  }

  private static void send(
      FileChannel file, ByteRange range, boolean head, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/octet-stream");
    response.setHeader("Content-Length", Long.toString(range.length()));
    if (head) {
      return;
    }
    OutputStream out = response.getOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long next = range.first();
    while (next <= range.last()) {
      piece.clear().limit((int) Math.min(PIECE, range.last() + 1 - next));
      int read = file.read(piece, next);
      if (read < 0) {
        throw new IOException("an image is shorter than it was");
      }
      out.write(piece.array(), 0, read);
      next += read;
    }
  }
}
