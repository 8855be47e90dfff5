// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.certainty;

import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.presence.Certainty;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Show;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.Unanswered;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One device of a world: what it does happens to the service and is written into the log. */
final class Subject {
  private final World world;
  private final SigningIdentity identity;
  private final String name;
  private final Model model = new Model();
  private final Map<Integer, FullJid> streams = new HashMap<>();
  private Optional<Integer> speaking = Optional.empty();
  private boolean answering = true;
  private int number;
  private long revision;

  Subject(World world, String name) {
    this.world = world;
    this.name = name;
    this.identity = world.pki.device(name, "branch-60");
  }

  Certainty expected() {
    return model.at(now());
  }

  Certainty seenBy(FullJid person) {
    return world.seen(person, name).orElseThrow().certainty();
  }

  private Instant now() {
    return world.clock.instant();
  }

  void open() {
    int stream = ++number;
    streams.put(stream, world.open(name, "k" + stream));
    model.happened(new Happening.Opened(now(), stream));
  }

  void prove() {
    int stream = ++number;
    streams.put(stream, world.prove(identity, "k" + stream));
    speaking = Optional.of(stream);
    model.happened(new Happening.Proved(now(), stream));
    heed();
  }

  /** The n-th of those that are open, if there is any. */
  void cut(int n) {
    List<Integer> open = streams.keySet().stream().sorted().toList();
    if (!open.isEmpty()) {
      close(open.get(Math.floorMod(n, open.size())));
    }
  }

  void cut() {
    speaking.ifPresent(this::close);
  }

  private void close(int stream) {
    world.cut(streams.remove(stream));
    speaking = speaking.filter(own -> own != stream);
    model.happened(new Happening.Closed(now(), stream));
  }

  void say() {
    speaking.ifPresent(
        stream -> {
          world.service().heard(streams.get(stream));
          model.happened(new Happening.Heard(now()));
        });
  }

  void promise(Duration lease, Duration grace) {
    speaking.ifPresent(
        stream -> {
          DevicePresence word =
              new DevicePresence(
                  ++revision,
                  DeviceKind.LOAD,
                  Operating.ON,
                  Optional.empty(),
                  Optional.empty(),
                  Map.of(),
                  List.of(),
                  lease,
                  Optional.of(grace),
                  OptionalLong.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty());
          world
              .service()
              .presence(
                  streams.get(stream),
                  true,
                  Show.AVAILABLE,
                  "",
                  Optional.of(Payload.of(Wire.DEVICE, word.write())));
          model.happened(new Happening.Promised(now(), lease, grace));
        });
  }

  void takeLeave(Optional<Duration> back) {
    speaking.ifPresent(
        stream -> {
          Optional<Instant> next = back.map(world.clock::in);
          var reason = Json.object().put("reason", "saving its battery");
          next.ifPresent(at -> reason.put("nextContact", at.toString()));
          world.set(streams.get(stream), Payload.of(Wire.GOODBYE, reason));
          speaking = Optional.empty();
          model.happened(new Happening.TookLeave(now(), next));
        });
  }

  void answer(boolean yes) {
    answering = yes;
    model.happened(new Happening.Answering(now(), yes));
    heed();
  }

  private void heed() {
    speaking
        .map(streams::get)
        .ifPresent(
            session -> {
              if (answering) {
                world.network.heal(session, Wire.LEASE);
              } else {
                world.network.fail(session, Wire.LEASE, new Unanswered("silence"));
              }
            });
  }

  /** The world has been killed and restarted. */
  void restarted() {
    streams.clear();
    speaking = Optional.empty();
    model.happened(new Happening.Restarted(now()));
  }
}
