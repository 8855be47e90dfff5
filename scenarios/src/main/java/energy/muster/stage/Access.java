// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.ServerRoute;
import java.nio.file.Path;

/** How a program of the stage gets to the server, as its configuration says it. */
public record Access(ObjectNode server) {
  private static final String LOOPBACK = "127.0.0.1";

  public Access {
    server = server.deepCopy();
  }

  @Override
  public ObjectNode server() {
    return server.deepCopy();
  }

  public static Access tcp(int port) {
    return new Access(Json.object().put("host", LOOPBACK).put("port", port));
  }

  /** TCP, with HTTPS for what is fetched beside it. */
  public static Access tcp(int port, int httpsPort) {
    return new Access(tcp(port).server().put("httpsPort", httpsPort));
  }

  public static Access bosh(int httpsPort) {
    return new Access(
        Json.object().put("host", LOOPBACK).put("transport", "bosh").put("httpsPort", httpsPort));
  }

  /** TCP, and HTTPS where that does not go through. */
  public static Access either(int port, int httpsPort) {
    return new Access(tcp(port).server().put("transport", "auto").put("httpsPort", httpsPort));
  }

  /** The same by another address. */
  public Access at(String host) {
    return new Access(server().put("host", host));
  }

  /** The same by way of a proxy that asks for no login. */
  public Access by(String proxyHost, int proxyPort) {
    ObjectNode by = server();
    by.putObject("proxy").put("host", proxyHost).put("port", proxyPort);
    return new Access(by);
  }

  /** Likewise by way of one that asks for a login. */
  public Access by(String proxyHost, int proxyPort, String user, Path passwordFile) {
    ObjectNode by = by(proxyHost, proxyPort).server();
    by.withObject("/proxy").put("user", user).put("passwordFile", passwordFile.toString());
    return new Access(by);
  }

  /** For a link of this process. */
  public ServerRoute route() {
    return Fields.readAll(server, fields -> ServerRoute.read(fields, Path.of("")));
  }
}
