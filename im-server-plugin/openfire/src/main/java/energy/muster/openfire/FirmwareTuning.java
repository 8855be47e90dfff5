// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.Rollout;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Refused;
import energy.muster.scan.Clamd;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.RedundancyGroup;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an administrator decides of firmware; what cannot be read protects nobody and is refused.
 */
final class FirmwareTuning {
  static final String BUILDERS = "muster.firmware.builders";
  static final String RELEASERS = "muster.firmware.releasers";
  static final String TWO_PERSONS = "muster.firmware.two-persons";
  static final String SCANNER = "muster.firmware.scanner";
  static final String GROUPS = "muster.firmware.groups";
  static final String BRANCH_ENDS = "muster.firmware.branch-ends";
  static final String BRANCH_AWAY = "muster.firmware.branch-away";
  static final String PATIENCE = "muster.firmware.patience-minutes";
  static final String IMAGES = "muster.firmware.images";
  static final String MEBIBYTES = "muster.firmware.mebibytes";
  static final String CLAMD = "muster.firmware.clamd";
  static final String CLAMD_SECONDS = "muster.firmware.clamd.seconds";
  static final String CLAMD_MEBIBYTES = "muster.firmware.clamd.mebibytes";

  private static final long MEBIBYTE = 1024L * 1024;

  private final Function<String, String> properties;

  FirmwareTuning(Function<String, String> properties) {
    this.properties = properties;
  }

  FirmwareRules apply(FirmwareRules defaults) {
    FirmwarePolicy policy = defaults.policy();
    List<RedundancyGroup> groups = new ArrayList<>(groups(GROUPS, RedundancyGroup::of));
    groups.addAll(groups(BRANCH_ENDS, RedundancyGroup::ends));
    return new FirmwareRules(
        new FirmwarePolicy(
            value(BUILDERS, Integer::parseInt, policy.builders()),
            value(RELEASERS, Integer::parseInt, policy.releasers())),
        value(
            SCANNER,
            text -> ScannerPolicy.valueOf(text.toUpperCase(Locale.ROOT)),
            defaults.scanner()),
        value(TWO_PERSONS, FirmwareTuning::flag, defaults.twoPersons()),
        groups,
        value(BRANCH_AWAY, FirmwareTuning::branchAway, defaults.branchAway()),
        value(PATIENCE, FirmwareTuning::patience, defaults.patience()),
        value(IMAGES, Integer::parseInt, defaults.images()),
        value(MEBIBYTES, text -> Long.parseLong(text) * MEBIBYTE, defaults.bytes()));
  }

  private static int branchAway(String text) {
    if (text.equals("off")) {
      return 0;
    }
    int most = Integer.parseInt(text);
    if (most < 1) {
      throw new IllegalArgumentException("1 or more, or off");
    }
    return most;
  }

  /** In minutes; 0 where nobody is passed over. */
  private static Duration patience(String text) {
    Duration patience = Duration.ofMinutes(Long.parseLong(text));
    if (patience.isNegative() || patience.compareTo(Rollout.NOBODY) > 0) {
      throw new IllegalArgumentException("0 to " + Rollout.NOBODY.toMinutes());
    }
    return patience.isZero() ? Rollout.NOBODY : patience;
  }

  /** Who looks through images; nobody where no address is set. */
  Scanner scanner() {
    Optional<SocketAddress> address =
        value(CLAMD, text -> Optional.of(Clamd.address(text)), Optional.empty());
    Duration patience =
        value(CLAMD_SECONDS, text -> Duration.ofSeconds(Long.parseLong(text)), Clamd.USUAL);
    long most = value(CLAMD_MEBIBYTES, text -> Long.parseLong(text) * MEBIBYTE, Clamd.MOST);
    return address.isPresent() ? new Clamd(address.get(), patience, most) : Scanner.NONE;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private <T> T value(String name, Function<String, T> reader, T otherwise) {
    String text = properties.apply(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      return reader.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " = '" + text + "': " + e.getMessage(), e);
    }
  }

  /** {@code relays: sw2@grid.example sw3@grid.example; pair: …}. */
  private List<RedundancyGroup> groups(
      String name, BiFunction<String, Set<BareJid>, RedundancyGroup> maker) {
    String text = properties.apply(name);
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(";", -1)).map(each -> group(name, each, maker)).toList();
  }

  private static RedundancyGroup group(
      String name, String text, BiFunction<String, Set<BareJid>, RedundancyGroup> maker) {
    int colon = text.indexOf(':');
    try {
      if (colon < 0) {
        throw new IllegalArgumentException("no colon after the name");
      }
      return maker.apply(
          text.substring(0, colon).strip(),
          Arrays.stream(text.substring(colon + 1).strip().split("[ ,]+", -1))
              .map(BareJid::parse)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IllegalArgumentException | Refused e) {
      throw new IllegalArgumentException(
          name
              + " is written as pair: sw2@grid.example sw3@grid.example; … and not '"
              + text.strip()
              + "': "
              + e.getMessage(),
          e);
    }
  }
}
