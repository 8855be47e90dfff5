// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.servlet.AsyncContext;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.QName;
import org.dom4j.io.XMPPPacketReader;
import org.jivesoftware.openfire.SessionPacketRouter;
import org.jivesoftware.openfire.http.BoshBindingError;
import org.jivesoftware.openfire.http.HttpBindException;
import org.jivesoftware.openfire.http.HttpBindServlet;
import org.jivesoftware.openfire.http.HttpConnection;
import org.jivesoftware.openfire.http.HttpConnectionClosedException;
import org.jivesoftware.openfire.http.HttpSession;
import org.jivesoftware.openfire.http.HttpSessionManager;
import org.jivesoftware.openfire.http.SessionListener;
import org.jivesoftware.openfire.multiplex.UnknownStanzaException;
import org.jivesoftware.openfire.net.MXParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmlpull.v1.XmlPullParserException;
import org.xmlpull.v1.XmlPullParserFactory;

/**
 * XMPP over BOSH (XEP-0124, XEP-0206) by Openfire's sessions, with a stricter door: a body has a
 * length and a depth, a session's terms have bounds, and stanzas go in one by one in the client's
 * order. What follows (SASL, routing, the gate before every stanza) is what TCP clients meet.
 */
final class BoshServlet extends HttpBindServlet {
  /** As long as a stanza over TCP may be. */
  static final int LONGEST_BODY = 1024 * 1024;

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(BoshServlet.class);
  // Openfire's reader leaves out the namespaces of BOSH and of stanzas, and only those.
  private static final QName BODY = QName.get("body");
  private static final int DEEPEST = 64;
  private static final XmlPullParserFactory PARSERS = parsers();

  private final transient HttpSessionManager sessions;
  private final transient BoshTerms terms;
  private final transient BoshSessions<HttpSession, BoshTurns<Request>> open =
      new BoshSessions<>(new Life());

  private final transient ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "bosh-silence");
            thread.setDaemon(true);
            return thread;
          });

  private record Request(Element body, AsyncContext context) {}

  BoshServlet(HttpSessionManager sessions, BoshTerms terms) {
    this.sessions = sessions;
    this.terms = terms;
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    // Openfire looks every 30 s only.
    Future<?> unused = timer.scheduleWithFixedDelay(open::endSilent, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
    super.destroy();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!"POST".equals(request.getMethod())) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else if (request.getContentLengthLong() < 0) {
      // Without a length it would be read into memory for as long as it goes on.
      response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
    } else if (request.getContentLengthLong() > LONGEST_BODY) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    } else {
      super.service(request, response);
    }
  }

  @Override
  protected void processContent(AsyncContext context, String content) throws IOException {
    Element body = read(content);
    OptionalLong number = body == null ? OptionalLong.empty() : BoshTerms.number(body);
    if (number.isEmpty()) {
      sendLegacyError(context, BoshBindingError.badRequest);
      return;
    }
    String sid = body.attributeValue("sid");
    if (sid != null) {
      HttpSession session = sessions.getSession(sid);
      if (session == null) {
        sendLegacyError(context, BoshBindingError.itemNotFound);
      } else {
        turnsOf(session).come(number.getAsLong(), new Request(body, context));
      }
    } else if (body.elements().isEmpty()) {
      createNewSession(context, terms.bounded(body));
    } else {
      sendLegacyError(context, BoshBindingError.badRequest);
    }
  }

  private static Element read(String content) {
    try {
      XMPPPacketReader reader = new XMPPPacketReader();
      reader.setXPPFactory(PARSERS);
      Element body = reader.read(new StringReader(content)).getRootElement();
      return body != null && BODY.equals(body.getQName()) && !deeper(body, DEEPEST) ? body : null;
    } catch (DocumentException | IOException | XmlPullParserException | RuntimeException e) {
      LOG.debug("A body that cannot be read: {}", e.toString());
      return null;
    }
  }

  /** Without recursion: copying a stanza that is too deep would overflow the stack. */
  private static boolean deeper(Element root, int most) {
    List<Element> level = List.of(root);
    for (int depth = 0; depth <= most && !level.isEmpty(); depth++) {
      level = level.stream().flatMap(element -> element.elements().stream()).toList();
    }
    return !level.isEmpty();
  }

  private static XmlPullParserFactory parsers() {
    try {
      XmlPullParserFactory parsers =
          XmlPullParserFactory.newInstance(MXParser.class.getName(), null);
      parsers.setNamespaceAware(true);
      return parsers;
    } catch (XmlPullParserException e) {
      throw new IllegalStateException("Openfire's own parser is missing", e);
    }
  }

  private BoshTurns<Request> turnsOf(HttpSession session) {
    return open.of(
        session,
        fresh ->
            new BoshTurns<>(fresh.getLastAcknowledged() + 1, terms.requests(), new Taker(fresh)));
  }

  private static final class Life implements BoshSessions.Life<HttpSession> {
    @Override
    public String name(HttpSession session) {
      return String.valueOf(session.getAddress());
    }

    @Override
    public boolean closed(HttpSession session) {
      return session.isClosed();
    }

    @Override
    public Duration silence(HttpSession session) {
      return Duration.ofMillis(System.currentTimeMillis() - session.getLastActivity());
    }

    @Override
    public Duration patience(HttpSession session) {
      return Duration.ofSeconds(session.getInactivityTimeout());
    }

    @Override
    public void close(HttpSession session) {
      session.close();
    }

    @Override
    public void whenClosed(HttpSession session, Runnable then) {
      session.addSessionCloseListener(new Forgetting(then));
    }
  }

  private record Forgetting(Runnable then) implements SessionListener {
    @Override
    public void connectionOpened(HttpSession session, HttpConnection connection) {
      // Not of interest.
    }

    @Override
    public void connectionClosed(HttpSession session, HttpConnection connection) {
      // Not of interest.
    }

    @Override
    public void sessionClosed(HttpSession session) {
      then.run();
    }
  }

  private static final class Taker implements BoshTurns.Taker<Request> {
    private final HttpSession session;
    private final SessionPacketRouter router;

    private Taker(HttpSession session) {
      this.session = session;
      this.router = new SessionPacketRouter(session);
    }

    @Override
    public void take(long number, Request request) {
      List<Element> stanzas = List.copyOf(request.body().elements());
      boolean last = "terminate".equals(request.body().attributeValue("type"));
      if (last) {
        stanzas.forEach(this::route);
      }
      if (forward(number, request, !stanzas.isEmpty()) && !last) {
        stanzas.forEach(this::route);
      }
    }

    @Override
    public void again(long number, Request request) {
      forward(number, request, true);
    }

    /**
     * Lets Openfire keep the request, or answer it, without what is in it: it hands stanzas to a
     * pool of threads through a list that two of them may spoil.
     *
     * @param busy whether it is more than an empty request, of which there may not be many
     */
    private boolean forward(long number, Request request, boolean busy) {
      Element body = request.body();
      List.copyOf(body.elements()).forEach(Element::detach);
      if (busy) {
        // Not a pause, which is 1 s at least; but what says so counts as no empty request.
        body.addAttribute("pause", "0");
      }
      try {
        synchronized (session) {
          session.forwardRequest(number, true, body, request.context());
        }
        return true;
      } catch (HttpBindException e) {
        refuse(request.context(), e.getBindingError());
      } catch (HttpConnectionClosedException | IOException e) {
        LOG.debug("A request was gone before it was answered: {}", e.toString());
        request.context().complete();
      }
      return false;
    }

    private void refuse(AsyncContext context, BoshBindingError error) {
      try {
        respond(
            session,
            context,
            createErrorBody(error.getErrorType().getType(), error.getCondition()),
            true);
      } catch (IOException e) {
        LOG.debug("A refusal could not be sent: {}", e.toString());
      }
      session.close();
    }

    private void route(Element stanza) {
      try {
        router.route(stanza);
      } catch (UnknownStanzaException | RuntimeException e) {
        LOG.warn(
            "{} sent what is no stanza, which ends it: {}", session.getAddress(), e.toString());
        session.close();
      }
    }
  }
}
