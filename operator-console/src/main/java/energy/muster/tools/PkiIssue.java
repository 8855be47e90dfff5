// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.pki.PkiFolder;
import energy.muster.pki.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "issue", description = "Issue an identity: a new key and its certificate.")
final class PkiIssue implements Callable<Integer> {
  private static final int MAX_DAYS = 3650;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;

  @Parameters(paramLabel = "JID", description = "The account, such as op-1@grid.example.")
  private String jid;

  /** One role and the areas it is for. */
  static final class Granted {
    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        description = "A role, such as operator, for the areas after it.")
    private String role;

    @Option(
        names = "--area",
        paramLabel = "AREA",
        required = true,
        description = "*, device:PATTERN or a name such as branch-60.")
    private List<String> areas = new ArrayList<>();
  }

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private List<Granted> granted = new ArrayList<>();

  @Option(
      names = "--member",
      paramLabel = "AREA",
      description = "Makes it a device that belongs to the area; may be given again.")
  private List<String> memberships = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "Valid for N days (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Holds the passphrase of the key file.")
  private Path passphraseFile;

  PkiIssue(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (days < 1 || days > MAX_DAYS) {
      throw new ParameterException(spec.commandLine(), "--days is 1 to " + MAX_DAYS);
    }
    BareJid account = BareJid.parse(jid);
    Subject subject = new Subject(account, grants(account), Duration.ofDays(days));
    PkiFolder pki = options.open(surroundings);
    char[] passphrase = surroundings.newIdentityPassphrase(Optional.ofNullable(passphraseFile));
    Certified issued = Certified.of(pki.issue(subject, passphrase).certificate());
    ObjectNode object =
        Descriptions.json(issued)
            .put("identity", pki.identityFile(account).toString())
            .put("certificate", pki.certificateFile(account).toString());
    options.print(
        surroundings,
        object,
        "issued to "
            + Descriptions.words(issued)
            + "\n"
            + "  key file    "
            + pki.identityFile(account)
            + "\n"
            + "  certificate "
            + pki.certificateFile(account));
    return 0;
  }

  private Set<Grant> grants(BareJid account) {
    Set<Grant> grants = new HashSet<>();
    for (Granted each : granted) {
      Role role = Role.ofWire(each.role).orElseThrow(() -> unknownRole(each.role));
      each.areas.forEach(area -> grants.add(new Grant(role, new Area(area))));
    }
    if (!memberships.isEmpty()) {
      List<Area> areas = memberships.stream().map(Area::new).toList();
      grants.addAll(Subject.device(account, areas).grants());
    }
    if (grants.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "say what it may do: --role ROLE --area AREA, or --member AREA");
    }
    return grants;
  }

  private ParameterException unknownRole(String name) {
    List<String> known = Arrays.stream(Role.values()).map(Role::wire).toList();
    return new ParameterException(
        spec.commandLine(),
        "there is no role '" + name + "'; roles are " + String.join(", ", known));
  }
}
