// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A running site: the server's process and as many device processes as were started. Closing it
 * stops them in reverse. Who is on it must be enrolled before the server starts, or {@link
 * SiteFolder#publishAccounts} be called after.
 */
public final class Stage implements AutoCloseable {
  public static final String DOMAIN = "grid.example";

  private static final Duration SERVER_WITHIN = Duration.ofMinutes(3);
  private static final Duration DEVICES_WITHIN = Duration.ofMinutes(3);

  private final SiteFolder folder;
  private final Programs programs;
  private final Deque<Child> children = new ConcurrentLinkedDeque<>();
  private final Map<String, Integer> lives = new ConcurrentHashMap<>();
  private final List<String> serverOptions = new ArrayList<>();
  private volatile Optional<Child> server = Optional.empty();
  private volatile int port;
  private volatile int httpsPort;
  private boolean https;
  private volatile Optional<Access> access = Optional.empty();
  private volatile List<String> prefix = List.of();
  private boolean withPlugin = true;
  private Optional<Class<?>> serverWrapper = Optional.empty();

  private Stage(SiteFolder folder, Programs programs) {
    this.folder = folder;
    this.programs = programs;
  }

  public static Stage at(Path data, String site, InstantSource clock) {
    return new Stage(SiteFolder.open(data, site, DOMAIN, clock), Programs.locate());
  }

  public SiteFolder folder() {
    return folder;
  }

  public Programs programs() {
    return programs;
  }

  public int port() {
    return port;
  }

  /** The port of the next server; 0, the default, takes a free one. */
  public Stage onPort(int wanted) {
    port = wanted;
    return this;
  }

  /** A server that can also be reached over HTTPS, on this port; 0 takes a free one. */
  public Stage overHttps(int wanted) {
    https = true;
    httpsPort = wanted;
    return this;
  }

  public int httpsPort() {
    return httpsPort;
  }

  /** How the programs started from now on get to the server; over TCP unless this says so. */
  public void access(Access chosen) {
    access = Optional.of(chosen);
  }

  public Access access() {
    return access.orElseGet(() -> httpsPort > 0 ? Access.tcp(port, httpsPort) : Access.tcp(port));
  }

  /**
   * The programs started from now on run behind these words, such as on a host of a network.
   *
   * @param words as of {@link Network.Host#prefix}; none for here
   */
  public void inside(List<String> words) {
    prefix = List.copyOf(words);
  }

  private List<String> prefixed(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** A server without Muster in it: what a device must withstand when the service is bypassed. */
  public Stage bare() {
    withPlugin = false;
    return this;
  }

  public Stage serverProperty(String name, String value) {
    serverOptions.addAll(List.of("--property", name + "=" + value));
    return this;
  }

  /**
   * A server with a guard switched off, to see that its absence is noticed. It reads what is said
   * to it.
   *
   * @param wrapper a main class of this module that runs the server's own
   */
  public Stage serverWithin(Class<?> wrapper) {
    serverWrapper = Optional.of(wrapper);
    return this;
  }

  public BareJid person(String name, Role role, Area area) {
    BareJid jid = folder.jid(name);
    folder.enrol(Subject.of(jid, role, area));
    return jid;
  }

  public BareJid visitor(String name) {
    BareJid jid = folder.jid(name);
    folder.openAccount(jid);
    return jid;
  }

  public void enrol(DeviceSpec device) {
    enrol(List.of(device));
  }

  public void enrol(List<DeviceSpec> devices) {
    folder.enrol(
        devices.stream().map(device -> device.subject(folder.jid(device.name()))).toList());
  }

  /** Starts the server, on the port it had before or on a free one. */
  public Child startServer() {
    Child child = launchServer();
    awaitServer();
    return child;
  }

  /** Returns when the server answers. */
  public void awaitServer() {
    ObjectNode ready = server().await("ready", SERVER_WITHIN);
    port = ready.get("port").asInt();
    httpsPort = ready.path("httpsPort").asInt();
  }

  /** As {@link #startServer}, without waiting until it answers. */
  public Child launchServer() {
    folder.publishAccounts();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                folder.server().toString(),
                "--domain",
                folder.pki().domain(),
                "--port",
                Integer.toString(port),
                "--accounts",
                folder.accounts().toString(),
                "--json"));
    if (withPlugin) {
      arguments.addAll(
          List.of(
              "--plugin", programs.plugin().toString(),
              "--property", "muster.site=" + folder.site(),
              "--property", "muster.trust.anchors=" + folder.pki().authorityFile(),
              "--property", "muster.trust.crl=" + folder.pki().crlFile()));
    }
    if (https) {
      arguments.addAll(List.of("--https-port", Integer.toString(httpsPort)));
    }
    arguments.addAll(serverOptions);
    List<String> command = prefixed(programs.server(arguments, serverWrapper));
    Child child =
        serverWrapper.isPresent()
            ? Child.converse("server", command, log("server"))
            : Child.start("server", command, log("server"));
    children.push(child);
    server = Optional.of(child);
    return child;
  }

  public Child server() {
    return server.orElseThrow(() -> new StageFailure("the server was not started"));
  }

  /**
   * Starts a process with these devices and returns when each has proven its session, or at least
   * connected.
   */
  public Child startDevices(String process, List<DeviceSpec> devices) {
    return startDevices(process, devices, List.of());
  }

  /** As {@link #startDevices(String, List)}, with more options for the process. */
  public Child startDevices(String process, List<DeviceSpec> devices, List<String> options) {
    enrol(devices);
    folder.publishAccounts();
    Path config = folder.deviceConfig(process, devices, access(), Path.of(process + ".db"));
    Child child = launchDevices(process, config, options);
    if (withPlugin) {
      for (DeviceSpec device : devices) {
        String jid = folder.jid(device.name()).toString();
        child.await("proven", said -> said.path("device").asText().equals(jid), DEVICES_WITHIN);
      }
    }
    return child;
  }

  /** Starts a process of devices with a configuration made before, without waiting for it. */
  public Child launchDevices(String process, Path config, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString(), "--json"));
    arguments.addAll(options);
    Child child = Child.start(process, prefixed(programs.ied(arguments)), log(process));
    children.push(child);
    return child;
  }

  /**
   * Starts a program of this module in a process of its own, with the arguments port, account, file
   * with its password and TLS anchors.
   */
  public Child startAside(String process, Class<?> main, BareJid account) {
    return startAside(process, main, loginOf(account));
  }

  /** Starts a program of this module in a process of its own. */
  public Child startAside(String process, Class<?> main, List<String> arguments) {
    Child child =
        Child.start(process, prefixed(Programs.sibling(main.getName(), arguments)), log(process));
    children.push(child);
    return child;
  }

  /** Likewise one that reads what is said to it. */
  public Child converse(String process, Class<?> main, List<String> arguments) {
    Child child =
        Child.converse(process, Programs.sibling(main.getName(), arguments), log(process));
    children.push(child);
    return child;
  }

  /**
   * Types lines at a console in a process of its own, which ends with 0 if all did what they say.
   */
  public Child startConsole(BareJid person, List<String> lines) {
    try {
      Path config = folder.consoleConfig(person, access());
      Path script =
          Files.write(folder.data().resolve("consoles").resolve(person.local() + ".lines"), lines);
      Child child =
          Child.start(
              person.local(),
              prefixed(
                  programs.console(
                      List.of(
                          "--config", config.toString(), "--script", script.toString(), "--json"))),
              log(person.local()));
      children.push(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a chat client that knows nothing of Muster and does what is said to it. */
  public Child startChat(String process, BareJid account) {
    Child child = Child.converse(process, programs.chat(loginOf(account)), log(process));
    children.push(child);
    return child;
  }

  private List<String> loginOf(BareJid account) {
    return List.of(
        Integer.toString(port),
        account.toString(),
        folder.passwordFile(account).toString(),
        folder.tlsAnchors().toString());
  }

  // One that is started again must not write over what its earlier life said.
  private Path log(String process) {
    int life = lives.merge(process, 1, Integer::sum);
    return folder.data().resolve("logs").resolve(process + (life == 1 ? "" : "-" + life) + ".log");
  }

  @Override
  public void close() {
    while (!children.isEmpty()) {
      children.pop().close();
    }
  }
}
