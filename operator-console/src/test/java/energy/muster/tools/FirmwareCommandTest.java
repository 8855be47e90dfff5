// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.pki.PkiFolder;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareCommandTest {
  private static final String BUILT =
      "--product relay-fw --firmware-version 2.4.1 --vendor acme --model rly-7 --as builder";

  @TempDir Path data;
  private Tool tool;
  private Path image;
  private Path manifest;

  @BeforeEach
  void identities() throws IOException {
    tool = new Tool(data);
    tool.run("pki init --site a --domain grid.example");
    tool.run("pki issue builder@grid.example --role firmware-builder --area *");
    tool.run("pki issue builder-2@grid.example --role firmware-builder --area *");
    tool.run("pki issue releaser@grid.example --role firmware-releaser --area *");
    tool.run(
        "pki issue both@grid.example --role firmware-builder --area * --role firmware-releaser"
            + " --area *");
    image = Files.write(data.resolve("image.bin"), new byte[100_000]);
    manifest = data.resolve("image.bin.manifest");
  }

  private Tool.Result built() {
    return tool.run("firmware manifest " + image + " " + BUILT);
  }

  private Path list(int number) {
    return data.resolve("releases-" + number + ".cms");
  }

  private Tool.Result released() {
    return tool.run("firmware release " + manifest + " --as releaser --out " + list(1));
  }

  @Test
  void aBuilderMakesAManifestOfAnImage() throws IOException {
    assertThat(built().status()).isZero();
    Manifest made = FirmwareFile.read(manifest).manifest();
    assertThat(made.toString()).contains("relay-fw").contains("version=2.4.1");
    assertThat(made.image().size()).isEqualTo(100_000);
    assertThat(made.header().site()).isEqualTo("a");
  }

  @Test
  void aManifestIsShownInWordsAndInJson() {
    built();
    assertThat(tool.run("firmware show " + manifest).out())
        .startsWith("relay-fw 2.4.1 for acme rly-7\n  built by      builder@grid.example")
        .contains("100000 bytes in 4 chunks")
        .endsWith("not checked\n");
    assertThat(
            Json.parse(tool.run("firmware show --json " + manifest).out().strip())
                .at("/content/version")
                .asText())
        .isEqualTo("2.4.1");
  }

  @Test
  void whoIsNoBuilderMakesNone() {
    Tool.Result result =
        tool.run("firmware manifest " + image + " " + BUILT.replace("builder", "releaser"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("releaser@grid.example is no firmware-builder");
    assertThat(manifest).doesNotExist();
  }

  @Test
  void aVersionThatIsNoneIsToldAsSuch() {
    Tool.Result result =
        tool.run("firmware manifest " + image + " " + BUILT.replace("2.4.1", "2.4"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("a version is three numbers such as 2.4.1: '2.4'");
  }

  @Test
  void withoutAKeyItAsksForOne() {
    Tool.Result result =
        tool.run("firmware manifest " + image + " " + BUILT.replace(" --as builder", ""));
    assertThat(result.err()).contains("say whose key signs: --as NAME or --identity FILE");
  }

  @Test
  void aReleaserMakesTheFirstListAndThenTheNext() throws IOException {
    built();
    assertThat(released().status()).isZero();
    assertThat(
            tool.run("firmware release --after " + list(1) + " --as releaser --out " + list(2))
                .status())
        .isZero();
    Releases next = FirmwareFile.read(list(2)).releases();
    assertThat(next.number()).isEqualTo(2);
    assertThat(next.lists(FirmwareFile.read(manifest).digest())).isTrue();
  }

  /** Asks for the next list after one that somebody has made by other means. */
  private Tool.Result after(String signer, String issuer, String site, long number)
      throws IOException {
    SigningIdentity by =
        SigningIdentity.load(
            PkiFolder.identityFile(data.resolve("pki"), signer), "secret".toCharArray());
    Header header =
        new Header(
            DocumentType.FIRMWARE_RELEASES,
            site,
            DocumentId.next(Tool.NOW),
            TestPki.jid(issuer),
            Tool.NOW);
    Releases before = new Releases(header, number, Tool.NOW.plus(Duration.ofDays(1)), List.of());
    SignerOptions.write(list(1), Sealer.seal(before.write(), Tool.NOW, by));
    return tool.run("firmware release --after " + list(1) + " --as releaser --out " + list(2));
  }

  @Test
  void aListThatItsIssuerHasNotSignedHasNoNext() throws IOException {
    assertThat(after("both", "releaser", "a", 1).err())
        .contains("releaser@grid.example is named as issuer but has not signed");
    assertThat(list(2)).doesNotExist();
  }

  @Test
  void aListOfWhoIsNoReleaserHasNoNext() throws IOException {
    assertThat(after("builder", "builder", "a", 1).err())
        .contains("builder@grid.example is no firmware-releaser");
    assertThat(list(2)).doesNotExist();
  }

  @Test
  void aListOfAnotherSiteHasNoNext() throws IOException {
    assertThat(after("releaser", "releaser", "b", 1).err()).contains("it is of the site b");
    assertThat(list(2)).doesNotExist();
  }

  @Test
  void theHighestNumberThereIsHasNoNext() throws IOException {
    Tool.Result result = after("releaser", "releaser", "a", Long.MAX_VALUE);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("no number is above " + Long.MAX_VALUE);
  }

  @Test
  void whatIsWithdrawnStandsInNoLaterList() throws IOException {
    built();
    released();
    String after = "firmware release --after " + list(1) + " --as releaser --out " + list(2);
    assertThat(tool.run(after + " --withdraw relay-fw=2.4.0").err())
        .contains("relay-fw 2.4.0 does not stand in the list before");
    assertThat(tool.run(after + " --withdraw relay-fw=2.4.1").status()).isZero();
    assertThat(FirmwareFile.read(list(2)).releases().releases()).isEmpty();
  }

  @Test
  void whoBuiltItIsToldThatSomebodyElseReleasesIt() {
    tool.run("firmware manifest " + image + " " + BUILT.replace("--as builder", "--as both"));
    Tool.Result result = tool.run("firmware release " + manifest + " --as both --out " + list(1));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("both@grid.example has built relay-fw 2.4.1; whoever releases it must be");
    assertThat(list(1)).doesNotExist();
  }

  @Test
  void aBuilderIsNoReleaser() {
    built();
    assertThat(tool.run("firmware release " + manifest + " --as builder-2").err())
        .contains("builder-2@grid.example is no firmware-releaser");
  }

  @Test
  void aManifestOfAnUnknownAuthorityIsNotReleased(@TempDir Path elsewhere) {
    Tool other = new Tool(elsewhere);
    other.run("pki init --site a --domain grid.example");
    other.run("pki issue builder@grid.example --role firmware-builder --area *");
    other.run("firmware manifest " + image + " " + BUILT);
    assertThat(released().status()).isEqualTo(1);
  }

  @Test
  void aSecondPersonSignsTheSameContent() throws IOException {
    built();
    FirmwareFile one = FirmwareFile.read(manifest);
    assertThat(tool.run("firmware cosign " + manifest + " --as builder-2").status()).isZero();
    assertThat(FirmwareFile.read(manifest).digest()).isEqualTo(one.digest());
    assertThat(tool.run("firmware verify " + manifest).out())
        .contains("signed by builder-2@grid.example, builder@grid.example");
  }

  @Test
  void theSamePersonDoesNotSignTwice() {
    built();
    assertThat(tool.run("firmware cosign " + manifest + " --as builder").err())
        .contains("has signed it already; the second must be somebody else");
  }

  @Test
  void whatWasBuiltAndReleasedVerifiesWithItsImage() {
    built();
    released();
    Tool.Result result = verified();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("verified: the image is the one that was signed")
        .contains("verified: released");
  }

  private Tool.Result verified() {
    return tool.run("firmware verify " + manifest + " --image " + image + " --releases " + list(1));
  }

  @Test
  void anAlteredImageDoesNotVerify() throws IOException {
    built();
    released();
    byte[] altered = new byte[100_000];
    altered[50_000] = 1;
    Files.write(image, altered);
    assertThat(verified().status()).isEqualTo(1);
    assertThat(verified().err()).contains("is not the image that was signed");
  }

  @Test
  void aListThatHasEndedDoesNotVerify() {
    built();
    released();
    tool.at(Tool.NOW.plus(Duration.ofDays(8)));
    assertThat(verified().err()).contains("list of releases 1 ended at 2026-06-08T00:00:00Z");
  }

  @Test
  void helpExplainsEachCommand() {
    for (String command : new String[] {"", "manifest", "release", "cosign", "show", "verify"}) {
      assertThat(tool.run(("firmware " + command).strip() + " --help").out()).contains("Usage:");
    }
  }
}
