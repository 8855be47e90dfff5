// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleIT {
  private static final String DOMAIN = "grid.example";

  @TempDir private Path folder;

  private Path data;

  @BeforeEach
  void chooseData() {
    data = folder.resolve("data");
  }

  @Test
  void aPluginIsLoadedAndEndsBeforeTheServerOnSigterm() throws Exception {
    Path witness = folder.resolve("witness.txt");
    Path plugin = WitnessPlugin.pack(folder.resolve("Witness.jar"));
    try (ServerProcess server =
        ServerProcess.start(
            data,
            "--plugin",
            plugin.toString(),
            "--property",
            WitnessPlugin.PROPERTY + "=" + witness)) {
      assertThat(server.ready().get("event").textValue()).isEqualTo("ready");
      server.terminate();
      assertThat(server.exitStatus()).as(server.errors()).isZero();
    }
    assertThat(witness).hasContent("destroyed with database");
  }

  @Test
  void accountsAndCertificateSurviveAKill() throws Exception {
    Path accounts = folder.resolve("accounts.jsonl");
    Files.writeString(accounts, "{\"user\":\"op-1\",\"password\":\"kept\"}\n");
    byte[] certificate;
    try (ServerProcess server = ServerProcess.start(data, "--accounts", accounts.toString())) {
      assertThat(logsIn(server, "op-1", "kept")).isTrue();
      certificate = Files.readAllBytes(data.resolve("tls.pem"));
      server.kill();
      server.exitStatus();
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      assertThat(logsIn(server, "op-1", "kept")).isTrue();
      assertThat(data.resolve("tls.pem")).hasBinaryContent(certificate);
    }
  }

  @Test
  void aFolderServesOneServerAndOneDomain() throws Exception {
    try (ServerProcess server = ServerProcess.start(data);
        ServerProcess second = ServerProcess.start(data)) {
      assertThat(second.exitStatus()).isEqualTo(1);
      assertThat(second.errors()).contains("in use by the server with process id " + server.pid());
      server.terminate();
      server.exitStatus();
    }
    try (ServerProcess other = ServerProcess.start(data, "--domain", "other.example")) {
      assertThat(other.exitStatus()).isEqualTo(1);
      assertThat(other.errors()).contains("belongs to the domain grid.example");
    }
  }

  @Test
  void aBusyPortIsRefused() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server =
            ServerProcess.start(data, "--port", Integer.toString(busy.getLocalPort()))) {
      assertThat(server.exitStatus()).isEqualTo(1);
      assertThat(server.errors()).contains("Port " + busy.getLocalPort()).contains("in use");
    }
  }

  @Test
  void whatIsNotAPluginIsRefused() throws Exception {
    Path nothing = folder.resolve("nothing.jar");
    try (ServerProcess server = ServerProcess.start(data, "--plugin", nothing.toString())) {
      assertThat(server.exitStatus()).isEqualTo(1);
      assertThat(server.errors()).contains("No such plugin file: " + nothing);
    }
  }

  @Test
  void theTlsIdentityMayBeGiven() throws Exception {
    SelfSigned given = SelfSigned.of(DOMAIN, Instant.now());
    Path file = folder.resolve("tls.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "any", given.key(), "phrase".toCharArray(), new Certificate[] {given.certificate()});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "phrase".toCharArray());
    }
    try (ServerProcess server =
            ServerProcess.start(
                Map.of("MUSTER_TLS_PASSPHRASE", "phrase"), data, "--tls-p12", file.toString());
        PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      assertThat(client.certificate()).isEqualTo(given.certificate());
    }
  }

  private boolean logsIn(ServerProcess server, String user, String password)
      throws IOException, GeneralSecurityException {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      client.open();
      return client.logIn(user, password);
    }
  }
}
