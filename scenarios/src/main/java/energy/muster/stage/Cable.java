// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * The line between one client and the server, that can be cut, held up in either direction, slowed
 * and healed. What was under way on a line that is cut is lost; nothing is altered or repeated.
 */
public final class Cable implements AutoCloseable {
  private static final int CHUNK = 8192;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

  /** Which way bytes go. */
  public enum Way {
    TO_SERVER,
    FROM_SERVER
  }

  private final ServerSocket entrance;
  private final IntSupplier server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Way> held = EnumSet.noneOf(Way.class);
  private Duration delay = Duration.ZERO;
  private final Map<Way, LongAdder> carried =
      Map.of(Way.TO_SERVER, new LongAdder(), Way.FROM_SERVER, new LongAdder());
  private boolean cut;

  /**
   * Lays it.
   *
   * @param server the port that the server has just then
   */
  public Cable(String name, IntSupplier server) {
    this.server = server;
    try {
      entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::enter, "cable-" + name);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** Ends every connection, and every new one at once, until it is healed. */
  public synchronized void cut() {
    cut = true;
    drop();
  }

  /** Ends every connection; a new one goes through. */
  public synchronized void drop() {
    open.forEach(Cable::close);
    notifyAll();
  }

  /** Lets nothing through that way, and keeps it. */
  public synchronized void hold(Set<Way> ways) {
    held.addAll(ways);
  }

  /** Everything arrives so much later, in order. */
  public synchronized void delay(Duration by) {
    delay = by;
  }

  /** As new; what was held arrives. */
  public synchronized void heal() {
    cut = false;
    held.clear();
    delay = Duration.ZERO;
    notifyAll();
  }

  /** How many bytes went that way so far, on all its connections. */
  public long carried(Way way) {
    return carried.get(way).sum();
  }

  private void enter() {
    while (true) {
      try {
        Socket client = entrance.accept();
        if (isCut()) {
          close(client);
        } else {
          start(() -> join(client), Thread.currentThread().getName() + "-out");
        }
      } catch (IOException e) {
        // The client was gone before it was accepted, unless this is the end.
        if (entrance.isClosed()) {
          return;
        }
      }
    }
  }

  private synchronized boolean isCut() {
    return cut;
  }

  private void join(Socket client) {
    Socket far = new Socket();
    open.add(client);
    open.add(far);
    try {
      client.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getAsInt()),
          Math.toIntExact(CONNECT_WITHIN.toMillis()));
    } catch (IOException e) {
      end(client, far);
      return;
    }
    start(() -> carry(far, client, Way.FROM_SERVER), Thread.currentThread().getName() + "-back");
    carry(client, far, Way.TO_SERVER);
  }

  private void carry(Socket from, Socket to, Way way) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        awaitPassage(from, way);
        out.write(chunk, 0, count);
        carried.get(way).add(count);
      }
    } catch (IOException e) {
      // Cut, or one end died: the other learns it by the close below.
      end(from, to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from, to);
    }
  }

  /** Returns when a chunk that came now may go on, or the connection is over. */
  private synchronized void awaitPassage(Socket from, Way way) throws InterruptedException {
    long due = System.nanoTime() + delay.toNanos();
    while (!from.isClosed()) {
      long left = due - System.nanoTime();
      if (held.contains(way)) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        return;
      }
    }
  }

  private void end(Socket one, Socket other) {
    open.remove(one);
    open.remove(other);
    close(one);
    close(other);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
