// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.Links;
import energy.muster.presence.Show;
import energy.muster.seal.Trust;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import energy.muster.wire.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A site to measure on: one operator, as many loads as wanted, and no limit on one client. */
final class Rig implements AutoCloseable {
  /** Of the accounts of all loads. */
  static final String PREFIX = "load-";

  private static final Area AREA = new Area("bench");
  private static final String UNLIMITED = "1000000";

  private final InstantSource clock = InstantSource.system();
  private final Stage stage;
  private final BareJid operator;
  private final List<DeviceSpec> loads;
  private Caller caller;
  private Link link;

  private Rig(Path data, int count, IntFunction<Set<Area>> areas) {
    stage = Stage.at(data, "bench", clock);
    // Not what one client may is the question but how fast the service is.
    stage.serverProperty("muster.limit.stanzas-per-second", UNLIMITED);
    stage.serverProperty("muster.limit.stanza-burst", UNLIMITED);
    stage.serverProperty("muster.limit.devices-per-signer", UNLIMITED);
    stage.serverProperty("muster.limit.orders-per-issuer", UNLIMITED);
    operator = stage.person("op-1", Role.OPERATOR, Area.ALL);
    loads =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                number ->
                    new DeviceSpec(
                        PREFIX + number,
                        areas.apply(number),
                        Json.object().put("type", "load").put("kw", 40),
                        DeviceSpec.DEFAULT_LEASE))
            .toList();
    stage.enrol(loads);
  }

  /** Makes keys and accounts for that many loads. Nothing runs yet. */
  static Rig of(Path data, int count) {
    return of(data, count, number -> Set.of(AREA));
  }

  /** Likewise, the areas of each by its number, which counts from 1. */
  static Rig of(Path data, int count, IntFunction<Set<Area>> areas) {
    return new Rig(data, count, areas);
  }

  Stage stage() {
    return stage;
  }

  List<DeviceSpec> loads() {
    return loads;
  }

  BareJid operator() {
    return operator;
  }

  List<BareJid> devices() {
    return loads.stream().map(load -> stage.folder().jid(load.name())).toList();
  }

  Caller caller() {
    return caller;
  }

  Link link() {
    return link;
  }

  /** Submits an order; what is refused will have no outcome either. */
  CompletableFuture<Payload> submit(Caller.Order order) {
    return link.set(order.submission())
        .whenComplete(
            (accepted, refusal) -> {
              if (refusal != null) {
                order.enough().completeExceptionally(refusal);
                order.outcomes().completeExceptionally(refusal);
              }
            });
  }

  /** Brings the operator to the running server. */
  void connect() throws IOException, InterruptedException {
    connect(operator);
  }

  /** Brings somebody else in the operator's place. */
  void connect(BareJid account) throws IOException, InterruptedException {
    Trust trust = Trust.of(stage.folder().pki().authority().certificate());
    caller = new Caller(stage.folder().site(), stage.folder().identity(account), trust, clock);
    link =
        Links.open(
            stage
                .folder()
                .link(
                    account,
                    stage.folder().identity(account),
                    stage.access(),
                    LinkConfig.ANSWER_WITHIN),
            caller);
    // As a console does; without presence Openfire routes a peer's answer to nobody.
    link.announce(new Announcement(Show.AVAILABLE, "measuring", Optional.empty()));
    caller.awaitProven();
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
    stage.close();
  }
}
