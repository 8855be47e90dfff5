// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.openfire.journal.Durability;
import energy.muster.openfire.journal.JdbcJournal;
import energy.muster.openfire.reach.Outposts;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Service;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Workers;
import energy.muster.service.firmware.HttpsTerms;
import energy.muster.service.firmware.ImageDepot;
import energy.muster.service.firmware.Pace;
import energy.muster.wire.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.event.SessionEventDispatcher;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.user.PresenceEventDispatcher;
import org.jivesoftware.util.JiveGlobals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.component.ComponentException;
import org.xmpp.component.ComponentManager;
import org.xmpp.component.ComponentManagerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Wires the service into an Openfire server, and takes everything back when it is unloaded. A
 * server that hands images out over HTTPS shares no class of ours and asks it with one of the
 * JDK's: whether whoever has this token may fetch the image of that digest.
 */
public final class MusterPlugin implements Plugin, BiPredicate<String, String>, IntToLongFunction {
  private static final Logger LOG = LoggerFactory.getLogger(MusterPlugin.class);
  private static final String SITE = "muster.site";
  private static final String ANCHORS = "muster.trust.anchors";
  private static final String CRL = "muster.trust.crl";
  private static final Duration CRL_INTERVAL = Duration.ofSeconds(2);
  private static final Duration NODES_INTERVAL = Duration.ofSeconds(2);

  /** The server's own name for it. */
  private static final String PUBSUB_LABEL = "pubsub";

  private static final String TARIFF_READERS = "muster.pubsub.tariffs.readers";
  private static final String CHANGE_READERS = "muster.pubsub.changes.readers";

  /** Beside the folder of plugins; a server that hands them out over HTTPS knows it too. */
  private static final String FIRMWARE = "firmware";

  private static final int POSTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Undo undo = new Undo();
  private volatile HttpsTerms images = HttpsTerms.NONE;

  @Override
  public void initializePlugin(PluginManager manager, File directory) {
    Edge.quietly(
        "starting; the plugin does nothing",
        () -> {
          try {
            start(directory.getParentFile().toPath().resolveSibling(FIRMWARE));
          } catch (Throwable e) {
            undo.run();
            throw e;
          }
        });
  }

  @Override
  public void destroyPlugin() {
    Edge.quietly("stopping", undo::run);
    LOG.info("Muster is unloaded");
  }

  @Override
  public boolean test(String token, String image) {
    return images.admits().test(token, image);
  }

  @Override
  public long applyAsLong(int bytes) {
    return images.pause().applyAsLong(bytes);
  }

  private void start(Path folder)
      throws ComponentException, SQLException, IOException, GeneralSecurityException {
    String site = JiveGlobals.getProperty(SITE, "");
    String anchors = JiveGlobals.getProperty(ANCHORS, "");
    ComponentManager components = ComponentManagerFactory.getComponentManager();
    String domain = components.getServerName();
    if (site.isBlank() || anchors.isBlank()) {
      refuseAll(components, domain);
      return;
    }
    Optional<Path> crl = Optional.ofNullable(JiveGlobals.getProperty(CRL)).map(Path::of);
    TrustFiles trust = new TrustFiles(Path.of(anchors), crl);
    trust.reread();
    serve(components, domain, site, trust, folder);
    LOG.info("Muster serves the site {} at {}", site, Wire.service(domain));
  }

  private void serve(
      ComponentManager components, String domain, String site, TrustFiles trust, Path folder)
      throws ComponentException, SQLException {
    Clock clock = Clock.systemUTC();
    JID address = new JID(null, Wire.service(domain), null, true);
    Durability.ensure(DbConnectionManager::getConnection);
    JdbcJournal journal = new JdbcJournal(DbConnectionManager::getConnection);
    undo.push(journal::stop);
    ExecutorService sender = threads("muster-sender", 1);
    Workers workers =
        Workers.over(
            threads(
                "muster-worker",
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Workers.queue()));

    // Filled below: a component can send only once it is registered.
    MusterComponent[] component = new MusterComponent[1];
    Consumer<Packet> send =
        packet ->
            Edge.quietly("sending a stanza", () -> components.sendPacket(component[0], packet));
    Asks asks = new Asks(address, send, sender, Asks.PATIENCE);
    Service service =
        new Service(
            new Tuning(JiveGlobals::getProperty)
                .apply(ServiceConfig.of(site, domain, trust.trust())),
            asks,
            journal,
            clock,
            workers);
    JID pubsub = new JID(null, PUBSUB_LABEL + "." + domain, null, true);
    PubsubNodes nodes = new PubsubNodes(address, pubsub, send, threads("muster-nodes", 1), clock);
    service.layOutOn(nodes);
    Rosters rosters = new Rosters(XMPPServer.getInstance().getRosterManager());
    Looks looks = new Looks(service.sight(), send, rosters, sender, clock);
    LateOutcomes late = new LateOutcomes(service::request);
    component[0] =
        new MusterComponent(
            domain,
            service::request,
            answer -> {
              if (!nodes.answered(answer) && !asks.answered(answer)) {
                late.take(answer);
              }
            },
            message -> looks.chat(message, Optional.empty()),
            send);
    service.viewers(looks);
    Outposts outposts =
        Outposts.of(JiveGlobals::getProperty, domain, clock, threads("muster-post", POSTS));
    service.alarmsThrough(outposts.mailer(), outposts.webhook());
    images =
        service.keepFirmware(
            new ImageDepot(folder, threads("muster-depot", 1)),
            new FirmwareTuning(JiveGlobals::getProperty).scanner(),
            threads("muster-scan", 2),
            Pace.ofThisMachine());
    undo.push(() -> images = HttpsTerms.NONE);
    RoomsComponent rooms = rooms(components, service, domain, sender, clock);
    service.start();
    undo.push(service::close);
    PubsubTalk talk =
        new PubsubTalk(
            pubsub,
            JiveGlobals.getProperty(TARIFF_READERS, "*"),
            JiveGlobals.getProperty(CHANGE_READERS, ""));
    Curtain curtain = new Curtain(service.sight(), talk, address, domain);
    Consumer<Packet> later = packet -> sender.execute(() -> send.accept(packet));
    Nobody nobody = new Nobody(curtain, rosters, later);
    Keeping keeping = new Keeping(service, later);
    Sessions sessions = new Sessions(service, looks::arrived);
    listen(
        sessions,
        new Gate(
            service,
            keeping,
            sessions,
            service.sight(),
            looks,
            curtain,
            nobody,
            talk,
            address,
            domain));
    components.addComponent(Wire.SERVICE_LABEL, component[0]);
    undo.push(() -> components.removeComponent(Wire.SERVICE_LABEL));
    components.addComponent(Wire.ROOMS_LABEL, rooms);
    undo.push(() -> components.removeComponent(Wire.ROOMS_LABEL));

    nodes.begin();
    Wakeup wakeup = new Wakeup(clock);
    undo.push(wakeup::stop);
    wakeup.every(NODES_INTERVAL, "what nodes lack", nodes::retry);
    wakeup.follow(service::advanceTo);
    wakeup.every(
        CRL_INTERVAL, "the revocation list", () -> trust.reread().ifPresent(service::replaceTrust));
  }

  /** The rooms, with a voice; not yet at their address. */
  private static RoomsComponent rooms(
      ComponentManager components, Service service, String domain, Executor sender, Clock clock) {
    JID address = new JID(null, Wire.ROOMS_LABEL + "." + domain, null, true);
    RoomsComponent[] component = new RoomsComponent[1];
    Consumer<Packet> out =
        packet ->
            sender.execute(
                () ->
                    Edge.quietly(
                        "word of a room", () -> components.sendPacket(component[0], packet)));
    component[0] = new RoomsComponent(address, domain, service.rooms(), clock, out);
    service.rooms().voice(new RoomVoice(address, out));
    return component[0];
  }

  private void listen(Sessions sessions, Gate gate) {
    SessionEventDispatcher.addListener(sessions);
    undo.push(() -> SessionEventDispatcher.removeListener(sessions));
    PresenceEventDispatcher.addListener(sessions);
    undo.push(() -> PresenceEventDispatcher.removeListener(sessions));
    InterceptorManager.getInstance().addInterceptor(gate);
    undo.push(() -> InterceptorManager.getInstance().removeInterceptor(gate));
  }

  private void refuseAll(ComponentManager components, String domain) throws ComponentException {
    String text =
        "Muster is not set up: set the server's properties %s (the site's name) and %s (path of its"
            + " certificate authorities as PEM), then reload the plugin";
    String words = text.formatted(SITE, ANCHORS);
    LOG.warn(words);
    MusterComponent[] component = new MusterComponent[1];
    component[0] =
        new MusterComponent(
            domain,
            (from, set, payload) ->
                CompletableFuture.failedFuture(new Refused(Reason.UNSUPPORTED, words)),
            answer -> LOG.debug("Nobody asked {}", answer.getFrom()),
            message -> LOG.debug("Nobody answers {}", message.getFrom()),
            packet ->
                Edge.quietly(
                    "sending a stanza", () -> components.sendPacket(component[0], packet)));
    components.addComponent(Wire.SERVICE_LABEL, component[0]);
    undo.push(() -> components.removeComponent(Wire.SERVICE_LABEL));
  }

  private ExecutorService threads(String name, int count) {
    return threads(name, count, new LinkedBlockingQueue<>());
  }

  private ExecutorService threads(String name, int count, BlockingQueue<Runnable> queue) {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            queue,
            work -> {
              Thread thread = new Thread(work, name + "-" + next.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    undo.push(
        () -> {
          threads.shutdown();
          if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
          }
        });
    return threads;
  }
}
