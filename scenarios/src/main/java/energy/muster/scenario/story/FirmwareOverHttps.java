// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Area;
import energy.muster.link.RangeAnswer;
import energy.muster.link.ServerFiles;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Access;
import energy.muster.stage.ConnectProxy;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The server's HTTPS gives an image to a device that was sent there, by its pass, and to nobody
 * else; another server gives it without one and is told none.
 */
public final class FirmwareOverHttps implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final int BYTES = 2_000_000;

  @Override
  public String name() {
    return "firmware-over-https";
  }

  @Override
  public String about() {
    return "An image over HTTPS, by a pass for whom an upgrade was sent; another server is told none.";
  }

  /** Somebody else's web server, with what it was told. */
  private static final class Depot implements AutoCloseable {
    private final HttpServer server;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private int given;

    Depot(byte[] image) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", asked -> give(asked, image));
      server.start();
    }

    private void give(HttpExchange asked, byte[] image) throws IOException {
      try (asked) {
        String said = asked.getRequestHeaders().getFirst("Authorization");
        if (said != null) {
          authorizations.add(said);
        }
        String[] range =
            asked.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", 2);
        int first = Integer.parseInt(range[0]);
        int length = Integer.parseInt(range[1]) + 1 - first;
        asked
            .getResponseHeaders()
            .add("Content-Range", "bytes %s-%s/%d".formatted(range[0], range[1], image.length));
        asked.sendResponseHeaders(206, length);
        asked.getResponseBody().write(image, first, length);
        given++;
      }
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/firmware";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec own = overHttps("sw1", branch, Optional.empty());
    DeviceSpec late = overHttps("sw2", branch, Optional.empty());
    Stage stage = scene.stage().overHttps(0);
    // The others are told where their depot is once that is there.
    stage.enrol(List.of(own, late, Cast.breaker("sw3", branch), Cast.breaker("sw4", branch)));
    FirmwareCast.enrol(scene, branch);
    stage.startServer();
    FirmwareCast cast = new FirmwareCast(scene);
    Built built = cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    String digest = built.manifest().image().digest().toString();
    try (ConnectProxy proxy =
            new ConnectProxy(InetAddress.getLoopbackAddress(), 0, Optional.empty());
        Depot depot = new Depot(Files.readAllBytes(built.image()))) {
      nobodyElse(scene, digest);

      scene.note("Two fetch it from the server, by way of a proxy; two from a web server.");
      stage.access(Access.tcp(stage.port(), stage.httpsPort()).by("127.0.0.1", proxy.port()));
      scene.startDevices("two", List.of(own, late));
      scene.startDevices(
          "others",
          List.of(
              overHttps("sw3", branch, Optional.of(depot.address())),
              overHttps("sw4", branch, Optional.of(depot.address()))));
      stage.access(Access.tcp(stage.port()));
      Operator installer = cast.installer();
      installer.says("upgrade switches on branch 60 to 2.4.1 in waves of 1, 1 within 1 h");
      for (String device : List.of("sw1", "sw2", "sw3", "sw4")) {
        cast.awaitMember(installer, device, CampaignMember.State.SUCCEEDED, WITHIN);
      }
      cast.awaitState(installer, CampaignState.DONE, WITHIN);
      scene.check(
          proxy.broughtFrom(stage.httpsPort()) > 2L * BYTES,
          "both had all of it over HTTPS: " + proxy.broughtFrom(stage.httpsPort()) + " bytes");
      scene.check(depot.given > 0, "the others had it from the web server");
      scene.checkEqual(List.of(), depot.authorizations, "what that was told of passes");
      nobodyElse(scene, digest);
    }
  }

  private static DeviceSpec overHttps(String name, Area branch, Optional<String> from) {
    var firmware = Workshop.cameWith(name, FirmwareCast.OLD).put("transfer", "http");
    from.ifPresent(address -> firmware.put("http", address));
    return Cast.breaker(name, branch).running(firmware);
  }

  /** By the digest alone, or by a token that somebody made up. */
  private static void nobodyElse(Scene scene, String digest) throws IOException {
    Stage stage = scene.stage();
    try (ServerFiles files =
        ServerFiles.open(
            Access.bosh(stage.httpsPort()).route(),
            stage.folder().jid("anybody").domain(),
            stage.folder().tlsAnchors(),
            WITHIN)) {
      RangeAnswer there = files.get("/firmware/" + digest, "bWFkZSB1cA", 0, 9);
      RangeAnswer not = files.get("/firmware/" + digest.replace(digest.charAt(0), '-'), "x", 0, 9);
      scene.checkEqual(401, there.status(), "whoever knows the digest and has no pass");
      scene.checkEqual(
          new String(there.body(), StandardCharsets.UTF_8),
          new String(not.body(), StandardCharsets.UTF_8),
          "what is said of an image that is not there");
    }
  }
}
