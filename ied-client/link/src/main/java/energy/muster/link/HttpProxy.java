// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.json.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A proxy that is asked with CONNECT (RFC 9110 9.3.6) for every connection; what passes through it
 * is encrypted between the client and the server.
 *
 * @param login what it wants to know; said to it in the clear, so a password of its own
 */
public record HttpProxy(String host, int port, Optional<Login> login) {
  /** Of the proxy, not of the XMPP account. */
  public record Login(String user, String password) {
    public Login {
      Objects.requireNonNull(user);
      Objects.requireNonNull(password);
    }

    @Override
    public String toString() {
      return user;
    }
  }

  public HttpProxy {
    Objects.requireNonNull(host);
    Objects.requireNonNull(login);
    ServerRoute.requirePort(port, "server.proxy.port");
  }

  static HttpProxy read(Fields fields, Path folder) {
    Optional<String> user = fields.optionalText("user");
    Optional<Path> password = fields.optionalValue("passwordFile", folder::resolve);
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("a proxy has user and passwordFile, or neither");
    }
    return new HttpProxy(
        fields.text("host"),
        Math.toIntExact(fields.integer("port")),
        user.map(name -> new Login(name, password(password.orElseThrow()))));
  }

  private static String password(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
