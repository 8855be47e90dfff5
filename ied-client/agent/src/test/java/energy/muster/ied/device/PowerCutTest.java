// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Rollout;
import energy.muster.fixture.Firmwares;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.pki.Pem;
import energy.muster.pki.Subject;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a device that is being upgraded, with SIGKILL, one change of its disk after
 * the other and every few hundred kilobytes, and starts it again.
 */
class PowerCutTest {
  private static final int CHUNK = 32 * 1024;
  private static final int NEVER = -1;

  @TempDir private Path folder;
  private final TestPki pki = new TestPki(InstantSource.system());
  private final Firmwares firmwares = new Firmwares(pki);
  private byte[] image = new byte[0];

  private void order(int size) throws IOException {
    image = Firmwares.image("2.4.1", size);
    ChunkList list = firmwares.chunks(image, CHUNK);
    Manifest manifest = firmwares.manifest("2.4.1", list);
    Files.write(folder.resolve("image"), image);
    Files.write(folder.resolve("list"), list.bytes());
    Files.write(folder.resolve("manifest.cms"), firmwares.sealed(manifest).cms());
    Files.write(
        folder.resolve("releases.cms"), firmwares.sealed(firmwares.releases(1, manifest)).cms());
    Files.writeString(folder.resolve("ca.pem"), Pem.encode(pki.authority().certificate()));
    Files.write(folder.resolve("crl"), pki.crl());
    Files.write(
        folder.resolve("device.p12"),
        pki.credentials(Subject.device(TestPki.jid("relay-48"), List.of()))
            .pkcs12(UpgradeVictim.PASSPHRASE));
    Payload order =
        Orders.order(
                pki.identity("inst-1", Role.INSTALLER),
                TestPki.jid("relay-48"),
                new Instruction.Upgrade(
                    "relay",
                    manifest.version(),
                    Digest.of(manifest.write()),
                    1,
                    Optional.empty(),
                    Rollout.CAREFUL),
                pki.now())
            .executeBy(pki.now().plus(Duration.ofDays(1)))
            .delivery();
    Files.write(folder.resolve("order.cms"), order.requireSealed().cms());
    Files.writeString(folder.resolve("order.json"), order.json().orElseThrow());
  }

  /** How a run of the victim ended. */
  private enum End {
    KILLED,
    START_AGAIN,
    DONE
  }

  /** Runs the device until it stands still, and kills it; or until it is done. */
  private End run(int atChange, long afterBytes) throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                UpgradeVictim.class.getName(),
                folder.toString(),
                Integer.toString(atChange),
                Long.toString(afterBytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    End end = End.START_AGAIN;
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        end = line.equals("parked") ? End.KILLED : End.DONE;
        assertThat(victim.toHandle().destroyForcibly()).isTrue();
      }
    }
    int status = victim.waitFor();
    if (end == End.START_AGAIN) {
      assertThat(status).isEqualTo(UpgradeVictim.START_AGAIN);
    }
    assertOldOrNew();
    return end;
  }

  private void assertOldOrNew() throws IOException {
    Path boot = folder.resolve("firmware/boot.json");
    if (Files.exists(boot)) {
      String json = Files.readString(boot);
      boolean tried = json.contains("\"trying\"") || json.contains("\"active\":\"b\"");
      if (tried) {
        assertThat(Files.readAllBytes(folder.resolve("firmware/b/image"))).isEqualTo(image);
      }
    }
  }

  private List<String> lines(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private byte[] open(String base64) {
    return pki.trust().open(Sealed.ofBase64(base64), pki.now()).content();
  }

  /** However often its one outcome was sent, it is one. */
  private void assertEndedOnce() throws IOException {
    List<String> outcomes = lines("outcomes").stream().distinct().toList();
    assertThat(outcomes).hasSize(1);
    assertThat(Outcome.read(open(outcomes.get(0))).result()).isInstanceOf(Result.Executed.class);
    List<String> reports = lines("reports");
    FirmwareReport last = FirmwareReport.read(open(reports.get(reports.size() - 1)));
    assertThat(last.installed().version()).hasToString("2.4.1");
  }

  /** Each start goes one change further than the one before, over what that one left. */
  private int killed(End last) throws IOException, InterruptedException {
    int kills = 0;
    End end = run(kills, NEVER);
    while (end == End.KILLED) {
      kills++;
      end = run(kills, NEVER);
    }
    assertThat(end).isEqualTo(last);
    return kills;
  }

  @Test
  @Timeout(300)
  void aKillBeforeEveryChangeOfTheDiskEndsInTheOldOrTheNewAndOnceInAnOutcome()
      throws IOException, InterruptedException {
    order(3 * CHUNK + 17);
    int kills = killed(End.START_AGAIN);
    kills += killed(End.DONE);

    assertThat(kills).isGreaterThanOrEqualTo(12);
    assertEndedOnce();
    assertThat(lines("given")).containsExactly("0", "1", "2", "3");
  }

  @Test
  @Timeout(300)
  void aKillEveryFewHundredKilobytesFetchesNoPieceTwice() throws IOException, InterruptedException {
    order(2_000_000);
    int kills = 0;
    while (run(NEVER, 300_000) == End.KILLED) {
      kills++;
    }
    assertThat(run(NEVER, NEVER)).isEqualTo(End.DONE);

    assertThat(kills).isEqualTo(6);
    assertEndedOnce();
    assertThat(lines("given")).doesNotHaveDuplicates().hasSize(62);
  }
}
