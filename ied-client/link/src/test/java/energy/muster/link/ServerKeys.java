// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Keys of servers with certificates of their own, made by the JDK's tool. */
record ServerKeys(Path folder) {
  private static final char[] PASSPHRASE = "changeit".toCharArray();

  /** For a server that shows a certificate for this domain. */
  SSLContext context(String domain)
      throws GeneralSecurityException, IOException, InterruptedException {
    make(domain);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(KeyStore.getInstance(store(domain).toFile(), PASSPHRASE), PASSPHRASE);
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** What a client of that server pins. */
  Path pem(String domain) throws IOException, InterruptedException {
    make(domain);
    return folder.resolve(domain + ".pem");
  }

  private Path store(String domain) {
    return folder.resolve(domain + ".p12");
  }

  private void make(String domain) throws IOException, InterruptedException {
    if (!Files.exists(store(domain))) {
      run(domain, "-genkeypair", "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=dns:" + domain);
      run(domain, "-exportcert", "-rfc", "-file", folder.resolve(domain + ".pem").toString());
    }
  }

  private void run(String domain, String what, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                what,
                "-keystore",
                store(domain).toString(),
                "-storepass",
                new String(PASSPHRASE)));
    command.addAll(List.of(more));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(said).isZero();
  }
}
