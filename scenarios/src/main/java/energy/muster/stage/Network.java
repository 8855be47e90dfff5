// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts on networks of their own, each with a packet filter of its own, joined by cables: network
 * namespaces, which take root, {@code ip} and {@code nft}. Nothing of them is seen from outside;
 * what a killed run left is removed when the next begins.
 */
public final class Network implements AutoCloseable {
  private static final String PREFIX = "muster-";
  private static final Pattern OURS = Pattern.compile(PREFIX + "(\\d+)-\\S+");

  private final List<Host> hosts = new ArrayList<>();

  private Network() {}

  /** There are no such networks here; the text says why. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unavailable(String why) {
      super(why);
    }
  }

  /** A host in it. */
  public static final class Host {
    private final String name;

    private Host(String name) {
      this.name = name;
    }

    /** What goes before a command that is to run on it. */
    public List<String> prefix() {
      return List.of("ip", "netns", "exec", name);
    }

    /** Lays the packet filter, in place of the one it had; {@code table} stands for its name. */
    public void filter(String rules) {
      must("add table inet muster\ndelete table inet muster\n" + rules, "nft", "-f", "-");
    }

    /** How many packets a named counter of the filter has seen. */
    public long counted(String counter) {
      Matcher packets =
          Pattern.compile("packets (\\d+)")
              .matcher(must("", "nft", "list", "counter", "inet", "muster", counter));
      return packets.find() ? Long.parseLong(packets.group(1)) : 0;
    }

    public void sysctl(String name, int value) {
      must("", "sh", "-c", "echo " + value + " > /proc/sys/" + name.replace('.', '/'));
    }

    /** Whether a TCP connection from here opens within so many seconds. */
    public boolean reaches(String address, int port, int seconds) {
      return run(
                  "",
                  command(
                      "timeout",
                      Integer.toString(seconds),
                      "bash",
                      "-c",
                      "exec 3<>/dev/tcp/" + address + "/" + port))
              .status()
          == 0;
    }

    private String must(String input, String... words) {
      Said said = run(input, command(words));
      if (said.status() != 0) {
        throw new StageFailure(String.join(" ", words) + " on " + name + ": " + said.text());
      }
      return said.text();
    }

    private List<String> command(String... words) {
      List<String> command = new ArrayList<>(prefix());
      command.addAll(List.of(words));
      return command;
    }
  }

  /**
   * One without hosts.
   *
   * @throws Unavailable without root, or where the programs or the kernel's filter are missing
   */
  public static Network make() throws Unavailable {
    requireOf("root is needed", "test \"$(id -u)\" -eq 0");
    requireOf("ip (Debian: iproute2) is missing", "command -v ip");
    requireOf("nft (Debian: nftables) is missing", "command -v nft");
    removeLeftovers();
    Network network = new Network();
    try {
      network.host("probe").filter("add table inet muster\n");
      network.close();
    } catch (StageFailure e) {
      network.close();
      throw new Unavailable("there are no networks of one's own here: " + e.getMessage());
    }
    return network;
  }

  private static void requireOf(String otherwise, String test) throws Unavailable {
    if (run("", List.of("sh", "-c", test)).status() != 0) {
      throw new Unavailable(otherwise);
    }
  }

  public Host host(String name) {
    Host host = new Host(PREFIX + ProcessHandle.current().pid() + "-" + name);
    must("netns", "add", host.name);
    hosts.add(host);
    host.must("", "ip", "link", "set", "lo", "up");
    return host;
  }

  /** Joins two hosts by a cable; each has its address on it. */
  public void join(Host one, String address, Host other, String otherAddress) {
    // Named by the order in which they are laid; 15 characters at the most.
    String end = "m" + hosts.indexOf(one) + "to" + hosts.indexOf(other);
    String far = "m" + hosts.indexOf(other) + "to" + hosts.indexOf(one);
    must(
        "-n",
        one.name,
        "link",
        "add",
        end,
        "type",
        "veth",
        "peer",
        "name",
        far,
        "netns",
        other.name);
    must("-n", one.name, "address", "add", address + "/30", "dev", end);
    must("-n", other.name, "address", "add", otherAddress + "/30", "dev", far);
    must("-n", one.name, "link", "set", end, "up");
    must("-n", other.name, "link", "set", far, "up");
  }

  private static void must(String... words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Said said = run("", command);
    if (said.status() != 0) {
      throw new StageFailure(String.join(" ", command) + ": " + said.text());
    }
  }

  private static void removeLeftovers() {
    run("", List.of("ip", "netns", "list"))
        .text()
        .lines()
        .map(OURS::matcher)
        .filter(Matcher::lookingAt)
        .filter(
            left ->
                ProcessHandle.of(Long.parseLong(left.group(1)))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty())
        .forEach(left -> remove(left.group()));
  }

  /** With all that runs on it. */
  private static void remove(String host) {
    run("", List.of("ip", "netns", "pids", host))
        .text()
        .lines()
        .map(Long::parseLong)
        .map(ProcessHandle::of)
        .flatMap(Optional::stream)
        .forEach(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    run("", List.of("ip", "netns", "delete", host));
  }

  private record Said(int status, String text) {}

  private static Said run(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var to = process.getOutputStream()) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailure("interrupted while running " + command.get(0), e);
    }
  }

  @Override
  public void close() {
    hosts.forEach(host -> remove(host.name));
    hosts.clear();
  }
}
