// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Hands out images of firmware by their digests, whole or in ranges, to whoever has a pass for that
 * image (RFC 6750); without one, nobody learns whether there is such an image. A file has such a
 * name only when all of it is there and it may be handed out; whoever fetches it checks it anyway.
 * Only so many at a time, so that the clients of this port are served as well.
 */
final class FirmwareServlet extends HttpServlet {
  /** How many are served at a time. */
  static final int AT_ONCE = 16;

  private static final long serialVersionUID = 1L;
  private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);
  private static final String CHALLENGE = "Bearer realm=\"firmware\"";
  private static final String ASK =
      "An image is fetched with a pass: ask the service for one on your session (pass,"
          + " urn:muster:firmware:1) and send its token as Authorization: Bearer.";
  private static final String ASK_AGAIN =
      "This token does not open this image, or no more: ask the service for another pass on your"
          + " session (pass, urn:muster:firmware:1).";
  private static final int PIECE = 64 * 1024;
  private static final int EARLIEST_SECONDS = 1;
  private static final int LATEST_SECONDS = 5;
  private static final int TOO_BUSY = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  private final transient Path folder;
  private final transient ImageTerms terms;
  private final transient Semaphore places = new Semaphore(AT_ONCE);

  FirmwareServlet(Path folder, ImageTerms terms) {
    this.folder = folder;
    this.terms = terms;
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
    Optional<String> token = token(request);
    String name = Objects.toString(request.getPathInfo(), "").replaceFirst("/", "");
    if (token.filter(each -> terms.admits(each, name)).isEmpty()) {
      refuse(token.isPresent(), response);
      return;
    }
    Optional<Path> image = image(name);
    if (image.isEmpty()) {
      say(HttpServletResponse.SC_NOT_FOUND, "There is no such image here any more.", response);
    } else if (!places.tryAcquire()) {
      // Each another time, so that they do not come back all at once.
      response.setIntHeader(
          "Retry-After", ThreadLocalRandom.current().nextInt(EARLIEST_SECONDS, LATEST_SECONDS + 1));
      say(TOO_BUSY, "Too many fetch an image just now: come back as Retry-After says.", response);
    } else {
      try {
        send(image.get(), head, request, response);
      } finally {
        places.release();
      }
    }
  }

  private static Optional<String> token(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1));
  }

  /** The same for every name, whether or not there is such an image. */
  private static void refuse(boolean tokenGiven, HttpServletResponse response) throws IOException {
    response.setHeader(
        "WWW-Authenticate", tokenGiven ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
    say(HttpServletResponse.SC_UNAUTHORIZED, tokenGiven ? ASK_AGAIN : ASK, response);
  }

  private static void say(int status, String text, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Path> image(String name) {
    return Optional.of(name)
        .filter(text -> DIGEST.matcher(text).matches())
        .map(folder::resolve)
        .filter(Files::isRegularFile);
  }

  private void send(
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

  private void send(FileChannel file, ByteRange range, boolean head, HttpServletResponse response)
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
      pause(read);
      out.write(piece.array(), 0, read);
      next += read;
    }
  }

  private void pause(int bytes) {
    long until = System.nanoTime() + terms.pause(bytes);
    // A server that stops does not wait.
    while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
