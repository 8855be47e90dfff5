// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.broadcast.MeasuredServer;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentType;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.tariff.Tariff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One tariff to many devices, a tenth of them away, until the last of those who are there has it by
 * its own signature, in turn with an unsigned broadcast of the same size to the same; then those
 * who were away come back to the newest of them all.
 */
final class PublishBench {
  private static final Duration GOOD_FOR = Duration.ofHours(6);
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(10));
  private static final int AWAY = 10;

  private final Path data;
  private final int blocks;
  private final int devices;
  private final Samples receipts = new Samples();
  private final Samples broadcasts = new Samples();
  private int version;

  PublishBench(Path data, int blocks, int devices) {
    this.data = data;
    this.blocks = blocks;
    this.devices = devices;
  }

  PublishReport run() throws IOException, InterruptedException {
    System.err.printf("publish: making keys for %d devices and starting them%n", devices);
    try (Rig rig = Rig.of(data, devices)) {
      BareJid publisher = rig.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, Area.ALL);
      int there = devices - devices / AWAY;
      List<DeviceSpec> here = rig.loads().subList(0, there);
      List<DeviceSpec> away = rig.loads().subList(there, devices);
      rig.stage().serverWithin(MeasuredServer.class).startServer();
      rig.stage().startDevices("away", away).terminate();
      rig.stage().startDevices("gateway", here);
      rig.connect(publisher);
      WarmUp.until(
          "publish",
          "a tariff",
          () -> {
            receipts.clear();
            broadcast(rig.stage().server(), publish(rig, there).deliveryCharacters(), there);
            return receipts.median();
          });
      receipts.clear();
      broadcasts.clear();
      Caller.Order last = publish(rig, there);
      broadcast(rig.stage().server(), last.deliveryCharacters(), there);
      for (int block = 1; block < blocks; block++) {
        last = publish(rig, there);
        broadcast(rig.stage().server(), last.deliveryCharacters(), there);
      }
      double back = comeBack(rig, away, last);
      return new PublishReport(
          devices,
          there,
          last.deliveryCharacters(),
          receipts,
          broadcasts,
          back,
          new Reckoning().prices(),
          new Reckoning().bills());
    }
  }

  /** Signing and the last check included. */
  private Caller.Order publish(Rig rig, int there) throws InterruptedException {
    version++;
    long begin = System.nanoTime();
    Caller.Order order =
        rig.caller().order(rig.devices(), new Instruction.SetTariff(tariff(rig)), GOOD_FOR, there);
    var accepted = rig.submit(order);
    PATIENCE.await(order.enough(), "the last receipt of " + there);
    receipts.add(System.nanoTime() - begin);
    PATIENCE.await(accepted, "the order's acceptance");
    return order;
  }

  private Tariff tariff(Rig rig) {
    ObjectNode head = rig.caller().header(DocumentType.TARIFF).write();
    return Tariff.read(Json.bytes(Reckoning.terms(head, version)));
  }

  /** Until the last of those who were away has the newest version; the others are not sent. */
  private static double comeBack(Rig rig, List<DeviceSpec> away, Caller.Order newest)
      throws InterruptedException {
    long begin = System.nanoTime();
    rig.stage().startDevices("away", away);
    PATIENCE.await(newest.outcomes(), "the last receipt of those who were away");
    return (System.nanoTime() - begin) / 1e6;
  }

  private void broadcast(Child server, int characters, int there) {
    broadcasts.add(Broadcasts.once(server, Rig.PREFIX, characters, there, PATIENCE));
  }
}
