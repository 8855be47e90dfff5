// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.config.ConfigException;
import energy.muster.ied.config.DeviceConfig;
import energy.muster.ied.device.ContactSchedule;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.journal.JournalException;
import energy.muster.json.Json;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.pki.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole process but for its network, from the configuration file to the log. */
class AgentTest {
  @TempDir Path folder;
  private final TestPki pki = new TestPki(InstantSource.system());
  private final Map<String, FakeLink> links = new ConcurrentHashMap<>();
  private final StringWriter log = new StringWriter();
  private final ObjectNode config = Json.object();

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(pki.authority().certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    Files.writeString(folder.resolve("secret"), "correct horse\n");
    config.put("site", TestPki.SITE).put("trustAnchors", "ca.pem").put("journal", "journal.db");
    config
        .putObject("server")
        .put("host", "127.0.0.1")
        .put("port", 5222)
        .put("tlsAnchors", "tls.pem");
    ArrayNode devices = config.putArray("devices");
    devices.add(device("load-1", Json.object().put("type", "load").put("kw", 20)));
    devices.add(device("gen-1", Json.object().put("type", "generator").put("kw", 500)));
    devices.add(device("sw1", Json.object().put("type", "breaker")));
    devices.add(device("meter-1", Json.object().put("type", "meter").put("kw", 120)));
  }

  private ObjectNode device(String name, ObjectNode driver) throws IOException {
    Files.write(
        folder.resolve(name + ".p12"),
        pki.credentials(Subject.device(TestPki.jid(name), List.of(new Area("branch-1"))))
            .pkcs12("correct horse".toCharArray()));
    ObjectNode device =
        Json.object()
            .put("jid", TestPki.jid(name).toString())
            .put("passwordFile", "secret")
            .put("identity", name + ".p12")
            .put("passphraseFile", "secret");
    device.set("driver", driver);
    return device;
  }

  private ObjectNode firstDevice() {
    return (ObjectNode) config.path("devices").path(0);
  }

  private AgentConfig read() throws IOException {
    return AgentConfig.read(Files.writeString(folder.resolve("agent.json"), Json.pretty(config)));
  }

  private Agent start() throws IOException {
    return Agent.start(
        read(), new EventLog(new PrintWriter(log), true, InstantSource.system()), this::open);
  }

  private FakeLink open(LinkConfig link, LinkListener listener) {
    return links.computeIfAbsent(
        link.account().local(), name -> new FakeLink(link.account(), listener));
  }

  @Test
  void aGatewayStartsEachDeviceAnnouncesItAndLeavesWithAGoodbye() throws IOException {
    Agent agent = start();

    assertThat(links).containsOnlyKeys("load-1", "gen-1", "sw1", "meter-1");
    assertThat(links.values()).allMatch(link -> link.presence().isPresent());

    agent.stop("shut down");
    assertThat(links.values()).allMatch(link -> link.goodbyes().equals(List.of("shut down")));
    assertThat(log.toString().lines().map(line -> Json.parse(line).path("event").asText()))
        .hasSize(8)
        .containsOnly("started", "stopped");
  }

  @Test
  void aJournalInUseIsSaidInWords() throws IOException {
    Agent agent = start();

    assertThatThrownBy(this::start)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("in use by another process");
    agent.stop("shut down");
  }

  @Test
  void aMissingFieldIsNamedWithItsDevice() {
    firstDevice().putObject("driver").put("type", "load");

    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("agent.json", "load-1@grid.example", "driver.kw", "missing");
  }

  @Test
  void anUnknownFieldIsNamed() {
    firstDevice().put("leaseSecond", 60);

    assertThatThrownBy(this::read).hasMessageContainingAll("unknown field", "leaseSecond");
  }

  @Test
  void aDeviceThatCallsInSaysWhen() throws IOException {
    firstDevice().putObject("contact").put("every", "PT15M");
    ((ObjectNode) config.path("devices").path(1))
        .putObject("contact")
        .putArray("at")
        .add("18:00")
        .add("06:00");

    assertThat(read().devices())
        .extracting(DeviceConfig::contact)
        .containsExactly(
            Optional.of(new ContactSchedule.Every(Duration.ofMinutes(15))),
            Optional.of(new ContactSchedule.At(List.of(LocalTime.of(6, 0), LocalTime.of(18, 0)))),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void aContactThatIsNoScheduleIsNamed() {
    firstDevice().putObject("contact").put("every", "often");

    assertThatThrownBy(this::read).hasMessageContainingAll("load-1", "contact.every", "Duration");
  }

  @Test
  void anUnknownDriverIsNamedWithThoseThereAre() {
    firstDevice().putObject("driver").put("type", "toaster");

    assertThatThrownBy(this::read).hasMessageContainingAll("toaster", "load, generator");
  }

  @Test
  void aWrongPassphraseIsSaidWithItsFile() throws IOException {
    Files.writeString(folder.resolve("wrong"), "battery staple\n");
    firstDevice().put("passphraseFile", "wrong");

    assertThatThrownBy(this::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("load-1", "identity", "passphrase", "wrong");
  }

  @Test
  void anotherDevicesKeyIsNotTaken() {
    firstDevice().put("identity", "sw1.p12");

    assertThatThrownBy(this::start).hasMessageContainingAll("load-1", "is of sw1@grid.example");
  }

  @Test
  void aMissingFileIsNamed() {
    firstDevice().put("passwordFile", "nowhere");

    assertThatThrownBy(this::start).hasMessageContainingAll("load-1", "passwordFile", "nowhere");
  }

  @Test
  void aProcessThatIsTerminatedEndsWithStatusZero() throws IOException, InterruptedException {
    Process process = process(8);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(Json.parse(out.readLine()).path("event").asText()).isEqualTo("started");
      // SIGTERM, by its handle: the process itself would close our end of its output, too.
      assertThat(process.toHandle().destroy()).isTrue();
      List<String> rest = out.lines().toList();
      assertThat(rest).last().asString().contains("\"stopped\"");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aProcessWithAWrongConfigurationEndsWithWords() throws IOException, InterruptedException {
    firstDevice().remove("identity");
    Process process = process(1);

    assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).isEmpty();
    assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("muster ied:", "load-1@grid.example", "identity is missing");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /** The real program with this many more loads, at a server that is not there. */
  private Process process(int more) throws IOException {
    Files.copy(folder.resolve("ca.pem"), folder.resolve("tls.pem"));
    ArrayNode devices = (ArrayNode) config.path("devices");
    for (int i = 0; i < more; i++) {
      devices.add(device("more-" + i, Json.object().put("type", "load").put("kw", 20)));
    }
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ((ObjectNode) config.path("server")).put("port", unused.getLocalPort());
    }
    Path file = Files.writeString(folder.resolve("agent.json"), Json.pretty(config));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AgentMain.class.getName(),
            "--config",
            file.toString(),
            "--json")
        .start();
  }
}
