// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Image;
import energy.muster.firmware.Manifest;
import energy.muster.identity.Role;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "manifest",
    description = "Say what an image is, and sign it with a firmware-builder's key.")
final class FirmwareManifest implements Callable<Integer> {
  private static final int MAX_DAYS = 3650;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;
  @Mixin private SignerOptions signing;

  @Parameters(paramLabel = "IMAGE", description = "The file that devices are to run.")
  private Path file;

  @Option(
      names = "--product",
      paramLabel = "NAME",
      required = true,
      description = "What it is a version of, such as relay-fw.")
  private String product;

  @Option(
      names = "--firmware-version",
      paramLabel = "2.4.1",
      required = true,
      description = "Which version: three numbers.")
  private String version;

  @Option(
      names = "--vendor",
      paramLabel = "NAME",
      required = true,
      description = "Whose hardware it is for.")
  private String vendor;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "Which of the vendor's models; may be given again.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--counter",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Rollback counter (${DEFAULT-VALUE}): a device at a higher one never takes it. Raise it",
        "with a version that mends a weakness which nobody may bring back."
      })
  private long counter;

  @Option(
      names = "--from",
      paramLabel = "2.0.0",
      description = "The lowest version from which one can go to it.")
  private String from;

  @Option(
      names = "--needs",
      paramLabel = "PART=1.2.0",
      description = "Another part of the device and its lowest version; may be given again.")
  private Map<String, String> needs = new LinkedHashMap<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "It is to be installed within N days (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "What is new, for people; may be given again.")
  private List<String> notes = new ArrayList<>();

  @Option(
      names = "--chunk",
      paramLabel = "BYTES",
      defaultValue = "32768",
      description = "How long the pieces are that travel by themselves (${DEFAULT-VALUE}).")
  private int chunk;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the manifest goes; IMAGE.manifest unless said.")
  private Path out;

  FirmwareManifest(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (days < 1 || days > MAX_DAYS) {
      throw new ParameterException(spec.commandLine(), "--days is 1 to " + MAX_DAYS);
    }
    SigningIdentity signer = signing.signer(surroundings, options, Role.FIRMWARE_BUILDER);
    Instant now = surroundings.clock().instant();
    Header header = signing.header(DocumentType.FIRMWARE_MANIFEST, signer, options, now);
    Manifest manifest;
    try {
      manifest = manifest(header, now);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Path target = out == null ? Path.of(file + ".manifest") : out;
    SignerOptions.write(target, Sealer.seal(manifest.write(), now, signer));
    FirmwareFile written = FirmwareFile.read(target);
    options.print(surroundings, written.json(), written.words() + "\n  " + target);
    return 0;
  }

  private Manifest manifest(Header header, Instant now) throws IOException {
    TreeMap<String, FirmwareVersion> parts = new TreeMap<>();
    needs.forEach((part, lowest) -> parts.put(part, FirmwareVersion.parse(lowest)));
    return new Manifest(
        header,
        product,
        FirmwareVersion.parse(version),
        counter,
        vendor,
        models,
        image(),
        Optional.ofNullable(from).map(FirmwareVersion::parse),
        parts,
        now.plus(Duration.ofDays(days)),
        notes);
  }

  private Image image() throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return ChunkList.of(bytes, chunk).image();
    }
  }
}
