// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.console.language.Act;
import energy.muster.console.language.Hint;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import java.util.List;

/** Settings for devices, from the line or from a file of JSON. */
final class SettingsFile {
  private static final String CONTACTS = "alarmContacts";

  private SettingsFile() {}

  static Instruction instruction(Act.Configure configure, List<BareJid> devices, Mirror mirror) {
    long revision = configure.revision().orElseGet(() -> next(devices, mirror));
    if (configure.settings() instanceof Act.Amended amended) {
      ObjectNode changed = amending(devices, mirror);
      changed.putArray("alarmChanges").add(amended.rule());
      return new Instruction.Configure(revision, changed);
    }
    if (configure.settings() instanceof Act.Priced priced) {
      ObjectNode changed = amending(devices, mirror);
      changed.set("prices", priced.plan().map(SettingsFile::read).orElseGet(Json::object));
      return new Instruction.Configure(revision, changed);
    }
    return new Instruction.Configure(
        revision, inDomain(settings(configure.settings()), devices.get(0).domain()));
  }

  /** All that is in force, to be changed; refused where something else is in force. */
  private static ObjectNode amending(List<BareJid> devices, Mirror mirror) {
    List<Long> inForce =
        devices.stream().map(device -> inForce(device, mirror)).distinct().toList();
    if (inForce.size() > 1) {
      throw new Hint(0, "they have different settings: change those of each by itself");
    }
    return Json.object().put("amends", inForce.get(0));
  }

  private static long inForce(BareJid device, Mirror mirror) {
    return mirror
        .contact(device)
        .flatMap(Contact::presence)
        .orElseThrow(
            () ->
                new Hint(
                    0,
                    "nobody knows which settings "
                        + device.local()
                        + " has; say revision and a number above it"))
        .settings()
        .orElse(0);
  }

  /** People may be named by their local names alone, where they are of the devices' domain. */
  private static ObjectNode inDomain(ObjectNode settings, String domain) {
    if (settings.get(CONTACTS) instanceof ArrayNode people) {
      for (int i = 0; i < people.size(); i++) {
        String name = people.get(i).asText();
        if (people.get(i).isTextual() && name.indexOf('@') < 0) {
          people.set(i, name + "@" + domain);
        }
      }
    }
    return settings;
  }

  /** The one after the newest that one of them has in force. */
  private static long next(List<BareJid> devices, Mirror mirror) {
    return devices.stream().mapToLong(device -> inForce(device, mirror)).max().orElse(0) + 1;
  }

  private static ObjectNode settings(Act.Settings settings) {
    if (settings instanceof Act.Said said) {
      return said.values();
    }
    return read((Act.InFile) settings);
  }

  private static ObjectNode read(Act.InFile file) {
    return new DocumentFile(file.path(), file.column()).read();
  }
}
