// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.json.Json;
import energy.muster.link.Transport;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "bench",
    description = {
      "Measures on a real server of its own, with real processes, against something bare in the same run.",
      "rtt: from submit to the verified outcome of one device, against an XMPP ping.",
      "submit: orders accepted a second, many in flight, against one after another and syncs off.",
      "fan-out: one signed request to many devices, against an unsigned broadcast to the same.",
      "drain: many devices come back with a held order each, against their bare reconnect.",
      "presence: operators who see many devices change, by views against plain rosters.",
      "privacy: whether a competitor's watch tells hidden devices from names that do not exist.",
      "publish: one tariff to many devices, a tenth of them away, against a broadcast; prices and bills.",
      "firmware: an image to many devices over XMPP and over HTTP, and orders meanwhile against idle.",
      "alarms: a storm of alarms while operators come and go, until somebody has each on the screen."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description =
          "What to measure: rtt, submit, fan-out, drain, presence, privacy, publish, firmware, alarms (default: all, one after"
              + " another).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description =
          "How many blocks of each kind (default: rtt 20 of 50 trips, submit 10 of 256 orders,"
              + " fan-out 10 of one request, publish 10 of one tariff, drain 3 returns, presence 3 windows of 20 s, privacy 50"
              + " probes of each of 40 names in each way).")
  private Optional<Integer> blocks = Optional.empty();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "submit: how many orders wait for their acceptance (default: ${DEFAULT-VALUE}).")
  private int inFlight = 64;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description =
          "How many (default: fan-out and drain 1000, presence and publish 2000, alarms 500, firmware 100).")
  private Optional<Integer> devices = Optional.empty();

  @Option(
      names = "--transport",
      description = "rtt: tcp or bosh, for the device and the operator (default: tcp).")
  private Transport transport = Transport.TCP;

  @Option(
      names = "--operators",
      paramLabel = "N",
      description = "presence: how many (default: ${DEFAULT-VALUE}).")
  private int operators = 20;

  @Option(
      names = "--alarms",
      paramLabel = "N",
      description = "alarms: how many in the storm (default: ${DEFAULT-VALUE}).")
  private int alarms = 10_000;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      description = "firmware: how large the image is (default: ${DEFAULT-VALUE}).")
  private int bytes = 10_000_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The disk that counts (default: a temporary folder).")
  private Optional<Path> data = Optional.empty();

  @Spec private CommandSpec spec;

  @FunctionalInterface
  private interface Bench {
    Report run(Path data) throws IOException, InterruptedException;
  }

  private Map<String, Bench> benches() {
    Map<String, Bench> all = new LinkedHashMap<>();
    all.put("rtt", folder -> new RttBench(folder, blocks.orElse(20), transport).run());
    all.put("submit", folder -> new SubmitBench(folder, blocks.orElse(10), inFlight).run());
    all.put(
        "fan-out",
        folder -> new FanOutBench(folder, blocks.orElse(10), devices.orElse(1000)).run());
    all.put(
        "drain", folder -> new DrainBench(folder, blocks.orElse(3), devices.orElse(1000)).run());
    all.put(
        "presence",
        folder ->
            new PresenceBench(folder, blocks.orElse(3), devices.orElse(2000), operators).run());
    all.put("privacy", folder -> new PrivacyBench(folder, blocks.orElse(50)).run());
    all.put(
        "publish",
        folder -> new PublishBench(folder, blocks.orElse(10), devices.orElse(2000)).run());
    all.put("firmware", folder -> new FirmwareBench(folder, devices.orElse(100), bytes).run());
    all.put("alarms", folder -> new AlarmsBench(folder, devices.orElse(500), alarms).run());
    return all;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Bench> all = benches();
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw unusable(
            "there is no bench '" + name + "'; there is " + String.join(", ", all.keySet()));
      }
    }
    if (blocks.orElse(1) < 1
        || inFlight < 1
        || devices.orElse(1) < 1
        || operators < 1
        || bytes < 1
        || alarms < 1) {
      throw unusable(
          "--blocks, --in-flight, --devices, --operators, --bytes and --alarms take a number above 0");
    }
    boolean measured = true;
    for (String name : names.isEmpty() ? all.keySet() : names) {
      measured &= measure(name, all.get(name));
    }
    return measured ? 0 : 1;
  }

  private CommandLine.ParameterException unusable(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }

  private boolean measure(String name, Bench bench) throws IOException, InterruptedException {
    Path folder =
        data.isPresent() ? data.get().resolve(name) : Files.createTempDirectory("muster-bench-");
    try {
      Report report = bench.run(folder);
      System.out.println(json ? Json.text(report.json()) : report.text());
      return true;
    } catch (StageFailure failure) {
      System.err.printf("muster bench: %s: %s (files in %s)%n", name, failure.getMessage(), folder);
      return false;
    }
  }
}
