// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The passwords that the server's own files are kept under, drawn at random on the first run, so
 * that no installation has one that another has.
 *
 * @param database of the database's only user
 * @param keystore of the key store and the trust store
 */
record Secrets(String database, String keystore) {
  private static final int BYTES = 24;

  static Secrets of(HomeFolder home) {
    Path file = home.conf().resolve("secrets.properties");
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      return new Secrets(required(properties, "database"), required(properties, "keystore"));
    } catch (IOException e) {
      throw new HostFailure("Cannot read or write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file) throws IOException {
    SecureRandom random = new SecureRandom();
    Properties properties = new Properties();
    properties.setProperty("database", draw(random));
    properties.setProperty("keystore", draw(random));
    Path draft = Files.createTempFile(file.getParent(), "secrets", ".new");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      properties.store(writer, "The server cannot open its files without these");
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String required(Properties properties, String name) {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new HostFailure("conf/secrets.properties lacks '" + name + "'; restore it");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }
}
