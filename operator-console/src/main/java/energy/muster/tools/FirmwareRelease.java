// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "release",
    description = {
      "Make the next list of everything that devices may take, and sign it with a",
      "firmware-releaser's key. Without a MANIFEST it only makes the last list good for longer."
    })
final class FirmwareRelease implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;
  @Mixin private SignerOptions signing;
  @Mixin private TrustOptions trusted;

  @Parameters(
      paramLabel = "MANIFEST",
      arity = "0..*",
      description = "Manifests of what may be taken from now on too.")
  private List<Path> manifests = new ArrayList<>();

  @Option(
      names = "--after",
      paramLabel = "FILE",
      description = "The list before this one; without it, this is the first.")
  private Path previous;

  @Option(
      names = "--withdraw",
      paramLabel = "PRODUCT=2.4.0",
      description = "What may no longer be taken; may be given again.")
  private List<String> withdrawn = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = {
        "Good for N days, at most 30 (${DEFAULT-VALUE}). A device takes nothing by a list that",
        "has ended, so that it notices when newer ones are kept from it."
      })
  private int days;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the list goes; releases-NUMBER.cms unless said.")
  private Path out;

  FirmwareRelease(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (days < 1 || days > Releases.LONGEST.toDays()) {
      throw new ParameterException(
          spec.commandLine(), "--days is 1 to " + Releases.LONGEST.toDays());
    }
    SigningIdentity signer = signing.signer(surroundings, options, Role.FIRMWARE_RELEASER);
    Instant now = surroundings.clock().instant();
    Header header = signing.header(DocumentType.FIRMWARE_RELEASES, signer, options, now);
    Trust trust = trusted.trust(options);
    List<Release> releases = new ArrayList<>();
    long number = 1;
    if (previous != null) {
      Releases before = before(trust, header.site(), now);
      number = before.number() + 1;
      releases.addAll(before.releases());
    }
    for (Path file : manifests) {
      add(file, releases, trust, signer, now);
    }
    withdrawn.forEach(each -> withdraw(each, releases));
    Releases list;
    try {
      list = new Releases(header, number, now.plus(Duration.ofDays(days)), releases);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Path target = out == null ? Path.of("releases-" + number + ".cms") : out;
    SignerOptions.write(target, Sealer.seal(list.write(), now, signer));
    FirmwareFile written = FirmwareFile.read(target);
    options.print(surroundings, written.json(), written.words() + "\n  " + target);
    return 0;
  }

  /** Whatever stands in it is signed again, so that it must be a releaser's word on this site. */
  private Releases before(Trust trust, String site, Instant now) throws IOException {
    FirmwareFile file = FirmwareFile.read(previous);
    Releases before = file.releases();
    before.header().requireSite(site);
    var unused = FirmwareVerify.signers(file, before.header(), Role.FIRMWARE_RELEASER, trust, now);
    if (before.number() == Long.MAX_VALUE) {
      throw new Refused(Reason.INVALID_ARGUMENT, "no number is above " + before.number());
    }
    return before;
  }

  private static void add(
      Path file, List<Release> releases, Trust trust, SigningIdentity signer, Instant now)
      throws IOException {
    FirmwareFile read = FirmwareFile.read(file);
    Manifest manifest = read.manifest();
    Opened opened = trust.open(read.sealed(), now);
    if (opened.signer(signer.certified().jid()).isPresent()) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s has built %s %s; whoever releases it must be somebody else"
              .formatted(signer.certified().jid(), manifest.product(), manifest.version()));
    }
    if (opened.signers().stream().noneMatch(by -> by.holds(Role.FIRMWARE_BUILDER))) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s is signed by %s, which is no firmware-builder"
              .formatted(file, opened.signers().stream().map(Certified::jid).toList()));
    }
    releases.removeIf(
        each ->
            each.product().equals(manifest.product()) && each.version().equals(manifest.version()));
    releases.add(new Release(manifest.product(), manifest.version(), read.digest()));
  }

  private void withdraw(String each, List<Release> releases) {
    int mark = each.indexOf('=');
    String product = mark < 0 ? each : each.substring(0, mark);
    FirmwareVersion version;
    try {
      version = FirmwareVersion.parse(each.substring(mark + 1));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--withdraw takes PRODUCT=VERSION, not '" + each + "'", e);
    }
    if (!releases.removeIf(
        release -> release.product().equals(product) && release.version().equals(version))) {
      throw new ParameterException(
          spec.commandLine(), product + " " + version + " does not stand in the list before");
    }
  }
}
