// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Rollout;
import energy.muster.fixture.Firmwares;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.fixture.FirmwareDouble;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.pki.Pem;
import energy.muster.pki.Subject;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a device starts again with another firmware: its process, or within its gateway. */
class AgentUpgradeTest {
  @TempDir private Path folder;
  private final TestPki pki = new TestPki(InstantSource.system());
  private final Firmwares firmwares = new Firmwares(pki);
  private final FirmwareDouble service =
      new FirmwareDouble(firmwares, "2.4.1", Firmwares.image("2.4.1", 9_000));
  private final ObjectNode config = Json.object();
  private final List<FakeLink> links = new CopyOnWriteArrayList<>();
  private final List<String> restarts = new CopyOnWriteArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    String authority = Pem.encode(pki.authority().certificate());
    Files.writeString(folder.resolve("ca.pem"), authority);
    Files.writeString(folder.resolve("secret"), "correct horse\n");
    config.put("site", TestPki.SITE).put("trustAnchors", "ca.pem").put("journal", "journal.db");
    config
        .putObject("server")
        .put("host", "127.0.0.1")
        .put("port", 5222)
        .put("tlsAnchors", "ca.pem");
    config.putArray("devices");
  }

  private void device(String name) throws IOException {
    Files.write(
        folder.resolve(name + ".p12"),
        pki.credentials(Subject.device(TestPki.jid(name), List.of()))
            .pkcs12("correct horse".toCharArray()));
    ObjectNode device =
        ((ArrayNode) config.path("devices"))
            .addObject()
            .put("jid", TestPki.jid(name).toString())
            .put("passwordFile", "secret")
            .put("identity", name + ".p12")
            .put("passphraseFile", "secret");
    device.putObject("driver").put("type", "breaker");
    device
        .putObject("firmware")
        .put("folder", "firmware/" + name)
        .put("hardware", "northwind/r-30")
        .put("product", "relay")
        .put("version", "2.3.0");
  }

  private Agent start() throws IOException {
    return Agent.start(
        AgentConfig.read(Files.writeString(folder.resolve("agent.json"), Json.pretty(config))),
        new EventLog(new PrintWriter(new StringWriter()), true, InstantSource.system()),
        this::open,
        InstantSource.system(),
        restarts::add);
  }

  private FakeLink open(LinkConfig link, LinkListener listener) {
    FakeLink opened = new FakeLink(link.account(), listener);
    opened.service(service);
    links.add(opened);
    return opened;
  }

  private Orders order(FakeLink link) {
    link.prove();
    String crl = Base64.getEncoder().encodeToString(pki.crl());
    link.deliver(Payload.of(Wire.CRL, Json.object().put("crl", crl))).join();
    Orders order =
        Orders.order(
                pki.identity("inst-1", Role.INSTALLER),
                link.account(),
                new Instruction.Upgrade(
                    "relay",
                    FirmwareVersion.parse("2.4.1"),
                    Digest.of(service.manifest().write()),
                    1,
                    Optional.empty(),
                    Rollout.CAREFUL),
                pki.now())
            .executeBy(pki.now().plus(Duration.ofHours(1)));
    link.deliver(order.delivery()).join();
    return order;
  }

  @Test
  void aDeviceInAGatewayStartsAloneAndTheOthersStayConnected() throws IOException {
    device("relay-1");
    device("relay-2");
    Agent agent = start();
    FakeLink first = links.get(0);
    order(first);

    await().until(() -> links.size() == 3);
    assertThat(links.get(2).account()).isEqualTo(first.account());
    assertThat(first.goodbyes()).hasSize(1);
    assertThat(links.get(1).goodbyes()).isEmpty();
    links.get(2).prove();
    await().until(() -> links.get(2).outcomes().size() == 1);
    assertThat(
            Outcome.read(
                    pki.trust()
                        .open(links.get(2).outcomes().get(0).requireSealed(), pki.now())
                        .content())
                .result())
        .isInstanceOf(Result.Executed.class);
    assertThat(restarts).isEmpty();
    agent.stop("over");
  }

  @Test
  void aDeviceWithAProcessForItselfAsksForThatToStartAgain() throws IOException {
    device("relay-1");
    Agent agent = start();
    order(links.get(0));

    await().until(() -> restarts.size() == 1);
    assertThat(links).hasSize(1);
    agent.stop("over");
  }
}
