// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.future.DefaultWriteFuture;
import org.apache.mina.core.service.IoAcceptor;
import org.apache.mina.core.session.IoSession;

/**
 * Ends a connection only when all that was written to it has been sent.
 *
 * <p>Openfire 4.2.0 closes at once, and MINA 2.0.27 then throws away the records that wait, already
 * encrypted, to be sent, but still sends TLS's farewell. Its sequence number is ahead of what the
 * client got, so the client reports a bad record instead of the answer and the end of the stream.
 */
final class LastWords extends IoFilterAdapter {
  private static final String NAME = "lastWords";

  private LastWords() {}

  /** Who connected before this stood in the way is sent off, to come again. */
  static void awaitedBy(IoAcceptor acceptor) {
    acceptor.getFilterChain().addLast(NAME, new LastWords());
    for (IoSession early : acceptor.getManagedSessions().values()) {
      if (!early.getFilterChain().contains(NAME)) {
        early.closeNow();
      }
    }
  }

  /** Openfire keeps the session it is shown here as the connection, to write to and to close. */
  @Override
  public void sessionOpened(NextFilter next, IoSession session) {
    next.sessionOpened(
        (IoSession)
            Proxy.newProxyInstance(
                LastWords.class.getClassLoader(),
                new Class<?>[] {IoSession.class},
                new Connection(session)::call));
  }

  /** Nothing may be encrypted after the end was asked for: it would be thrown away as well. */
  private static final class Connection {
    private final IoSession session;
    private boolean ended;

    private Connection(IoSession session) {
      this.session = session;
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "write" -> write(method, arguments);
        case "close", "closeNow", "closeOnFlush" -> end();
        case "equals" -> proxy == arguments[0];
        default -> pass(method, arguments);
      };
    }

    private synchronized Object write(Method method, Object[] arguments) throws Throwable {
      return ended
          ? DefaultWriteFuture.newNotWrittenFuture(session, new ClosedChannelException())
          : pass(method, arguments);
    }

    private synchronized Object end() {
      ended = true;
      return session.closeOnFlush();
    }

    private Object pass(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(session, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
