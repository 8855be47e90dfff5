// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.FirmwareEvent;
import energy.muster.console.session.LineResult;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The server is killed in the middle of everything people do to a firmware: its upload, its
 * release, and each decision on its campaign. Whoever did it need not do it again, and everything
 * happens once.
 */
public final class PowerCutWhilePublishing implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final Duration UNDER_WAY = Duration.ofMillis(40);
  private static final String SECOND = "inst-2";
  private static final int BYTES = 2_000_000;
  private static final int CHUNK = 32 * 1024;
  private static final List<Long> AT_BYTES = List.of(500_000L, 1_400_000L);

  private Scene scene;
  private final List<Operator> people = new ArrayList<>();
  private FirmwareCast cast;
  private Built built;

  @Override
  public String name() {
    return "power-cut-while-publishing";
  }

  @Override
  public String about() {
    return "The server is killed during an upload, a release and every act on a campaign: each counts, and once.";
  }

  @Override
  public void play(Scene where) throws Exception {
    scene = where;
    List<DeviceSpec> loads =
        IntStream.rangeClosed(1, 3)
            .mapToObj(n -> Cast.load("load-" + n, BRANCH, 20))
            .map(load -> Workshop.upgradable(load, FirmwareCast.OLD))
            .toList();
    scene.stage().enrol(loads);
    scene.enrolOperator("op-1", BRANCH);
    FirmwareCast.enrol(scene, BRANCH);
    SiteFolder folder = scene.stage().folder();
    folder.enrol(Subject.of(folder.jid(SECOND), Role.INSTALLER, BRANCH).with(Role.VIEWER, BRANCH));
    scene.stage().serverProperty("muster.firmware.two-persons", "true");
    scene.stage().startServer();
    scene.startDevices("loads", loads);
    cast = new FirmwareCast(scene);
    upload();
    release();
    campaign();
  }

  private void killed(String when) throws InterruptedException {
    scene.note("The server is killed " + when + ".");
    scene.stage().server().kill();
    scene.stage().startServer();
    for (Operator person : people) {
      scene.await("everybody is back", WITHIN, person.session()::proven);
    }
  }

  /** Types a line, and kills the server while it is under way. */
  private void throughAKill(Operator person, String line) throws Exception {
    CompletableFuture<LineResult> said = typing(person, line);
    scene.pause(UNDER_WAY);
    killed("while " + line.split(" ", 2)[0] + " is under way");
    done(line, said);
  }

  private static CompletableFuture<LineResult> typing(Operator person, String line) {
    CompletableFuture<LineResult> said = new CompletableFuture<>();
    Thread typist =
        new Thread(
            () -> {
              try {
                said.complete(person.says(line));
              } catch (InterruptedException | RuntimeException e) {
                said.completeExceptionally(e);
              }
            },
            "typist");
    typist.setDaemon(true);
    typist.start();
    return said;
  }

  private void done(String line, CompletableFuture<LineResult> said) throws Exception {
    LineResult result = said.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
    if (!result.ok()) {
      throw new StoryFailure("'" + line + "' did not succeed: " + result);
    }
    scene.check(true, "it was done all the same, without being typed again");
  }

  private void upload() throws Exception {
    built = cast.workshop().build(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    try (Operator builder = scene.operator(Workshop.BUILDER, QUICK)) {
      String line = "publish firmware " + built.image() + " with " + built.file();
      CompletableFuture<LineResult> said = typing(builder, line);
      for (long bytes : AT_BYTES) {
        scene.await(
            bytes / 1000 + " kB of the image are at the service", WITHIN, () -> kept() >= bytes);
        killed("in the middle of the upload");
      }
      done("publish firmware", said);
      List<FirmwareEvent.Uploaded> told =
          builder.seen().stream()
              .filter(FirmwareEvent.Uploaded.class::isInstance)
              .map(FirmwareEvent.Uploaded.class::cast)
              .toList();
      int pieces = told.get(0).pieces();
      scene.checkEqual((BYTES + CHUNK - 1) / CHUNK, pieces, "the number of pieces");
      scene.check(
          told.size() <= pieces + AT_BYTES.size() + 1,
          told.size() + " were sent: no more than one for each kill twice");
    }
  }

  /** Of what the service has of the image. */
  private long kept() {
    String name = built.manifest().image().digest() + ".part";
    try (Stream<Path> files = Files.walk(scene.stage().folder().server())) {
      List<Path> found = files.filter(file -> file.getFileName().toString().equals(name)).toList();
      return found.isEmpty() ? 0 : Files.size(found.get(0));
    } catch (IOException | UncheckedIOException moved) {
      return 0;
    }
  }

  private void release() throws Exception {
    try (Operator releaser = scene.operator(Workshop.RELEASER, QUICK)) {
      throughAKill(releaser, "publish releases " + cast.workshop().release(1, List.of(built)));
      releaser.does("firmware");
    }
  }

  private void campaign() throws Exception {
    Operator utility = scene.operator("op-1");
    // An upgrade of "loads" is one of those that are known: after so many kills not all may be
    // back.
    for (String load : List.of("load-1", "load-2", "load-3")) {
      utility.does("expect " + load + " on within 60 s");
    }
    utility.does("restrict load-3 maintenance until 23:59");
    Operator second = scene.operator(SECOND, QUICK);
    Operator installer = cast.installer();
    people.addAll(List.of(utility, second, installer));
    installer.says("upgrade loads on branch 60 to 2.4.1 in waves of 1, 1 within 1 h");
    String id = cast.awaitState(installer, CampaignState.AWAITING_APPROVAL, WITHIN).order().text();
    throughAKill(second, "approve campaign " + id);

    scene.note("The second wave begins, and is to be the last for now.");
    cast.awaitMember(installer, "load-1", CampaignMember.State.SUCCEEDED, WITHIN);
    throughAKill(installer, "pause campaign " + id + " because \"the night shift comes\"");
    cast.awaitState(installer, CampaignState.PAUSED, WITHIN);
    throughAKill(installer, "resume campaign " + id + " because \"it is there\"");
    cast.awaitMember(installer, "load-2", CampaignMember.State.SUCCEEDED, WITHIN);
    cast.awaitState(installer, CampaignState.RUNNING, WITHIN);
    cast.awaitMember(installer, "load-3", CampaignMember.State.WAITING, WITHIN);
    installer.says("abort campaign " + id + " because \"two are enough\"");
    killed("as soon as it is aborted");
    cast.awaitState(installer, CampaignState.ENDED, WITHIN);

    scene.note("load-3 is released; the campaign is over, and it stays what it was.");
    utility.does("release load-3");
    utility.does("expect load-3 on within 20 s");
    installer.ends("upgrade", "load-1", "executed", WITHIN);
    installer.ends("upgrade", "load-2", "executed", WITHIN);
    installer.ends("upgrade", "load-3", "cancelled", WITHIN);
    scene.checkEqual(
        3L,
        installer.ordered().stream().filter(order -> order.startsWith("upgrade ")).count(),
        "the number of upgrades in the journal");
    scene.checkEqual(
        2L,
        FirmwareContest.running(installer, FirmwareCast.NEW),
        "the number of devices that sign that they run 2.4.1");
  }
}
