// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small site, read once as it is and then with one thing wrong at a time. */
final class SiteFileTest {
  private static final String SMALL =
      """
      {"site": "small", "domain": "grid.example", "source": "none", "assumptions": "all",
       "feeder": "feeder-1",
       "branches": [{"id": "branch-1", "head": "1", "note": "first"},
                    {"id": "branch-3", "head": "3", "note": "second"}],
       "buses": [{"bus": "1", "branch": "branch-1", "x": 0, "y": 0},
                 {"bus": "2", "branch": "branch-1", "x": 1, "y": 0},
                 {"bus": "3", "branch": "branch-3", "x": 2.5, "y": 0}],
       "lines": [{"line": "l1", "from": "1", "to": "2", "phases": "ABC", "kind": "line", "normal": "closed"},
                 {"line": "s1", "from": "2", "to": "3", "phases": "ABC", "kind": "switch", "normal": "closed"}],
       "devices": [
         {"id": "load-2", "kind": "load", "bus": "2", "phases": "A", "branch": "branch-1",
          "areas": ["branch-1", "feeder-1"], "location": {"x": 1, "y": 0},
          "rating": {"kw": 40.5, "kvar": 20}, "priority": 1, "critical": false},
         {"id": "sw1", "kind": "breaker", "bus": "3", "phases": "ABC", "branch": "branch-3",
          "areas": ["branch-3", "feeder-1"], "location": {"x": 2.5, "y": 0},
          "line": "s1", "normal": "closed"}]}
      """;

  @Test
  void aConsistentSiteIsReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("small.json"), SMALL);

    Site site = SiteFile.load(file);

    assertThat(site.device("load-2").map(site::account))
        .hasToString("Optional[load-2@grid.example]");
    assertThat(site.totalLoad()).hasToString("40.5 kW");
    assertThat(site.devicesWith(Equipment.Breaker.class))
        .extracting(SiteDevice::equipment)
        .containsExactly(new Equipment.Breaker("s1", true));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "feeder": "feeder-1",       | ``                           | field feeder is missing
          "critical": false           | "critical": false, "colour": 1 | unknown field devices[0].colour
          "critical": false           | "critical": "no"             | field devices[0].critical must be true or false
          "kind": "load"              | "kind": "lamp"               | devices[0].kind: 'lamp' is not in the list
          "phases": "A"               | "phases": "CA"               | 'CA' are no phases
          "priority": 1               | "priority": 9                | load-2: a priority is 1 to 5, not 9
          "kw": 40.5                  | "kw": 0                      | devices[0].rating: a rating is more than 0 kW
          "id": "sw1"                 | "id": "load-2"               | device load-2 is there twice
          "bus": "2", "phases"        | "bus": "7", "phases"         | load-2 is at 7, which is no bus
          "bus": "2", "phases"        | "bus": "3", "phases"         | load-2 is in branch-1 but its bus is in branch-3
          "areas": ["branch-1", "feeder-1"] | "areas": ["branch-1"]  | load-2 must list its feeder feeder-1
          "areas": ["branch-1", "feeder-1"] | "areas": ["feeder-1"]  | load-2: a device lists its branch, branch-1
          "line": "s1", "normal"      | "line": "l1", "normal"       | sw1 works l1, which is no switch
          "head": "3"                 | "head": "2"                  | the head of branch-3, 2, is no bus of it
          "bus": "3", "branch": "branch-3" | "bus": "3", "branch": "branch-9" | bus 3 is in branch-9, which is no branch
          "bus": "3", "branch": "branch-3" | "bus": "3", "branch": "branch-1" | the head of branch-3, 3, is no bus of it
          "from": "1"                 | "from": "3"                  | bus 2 is in branch-1 but not fed from 1
          "from": "1"                 | "from": "9"                  | line l1 ends at 9, which is no bus
          """)
  void whatIsWrongIsNamedTogetherWithTheFile(String right, String wrong, String complaint) {
    String broken = broken(right, wrong);

    assertThatThrownBy(() -> SiteFile.parse("small.json", broken))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("small.json: ")
        .hasMessageContaining(complaint);
  }

  @Test
  void allContradictionsAreToldAtOnce() {
    String broken =
        broken("\"id\": \"sw1\"", "\"id\": \"load-2\"")
            .replace("\"s1\", \"normal\"", "\"l1\", \"normal\"");

    assertThatThrownBy(() -> SiteFile.parse("small.json", broken))
        .hasMessageContaining("is there twice; load-2 works l1, which is no switch");
  }

  @Test
  void aSiteThatDoesNotComeWithMusterIsRefusedByName() {
    assertThatThrownBy(() -> SiteFile.builtIn("ieee8500"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no site 'ieee8500' comes with Muster");
  }

  private static String broken(String right, String wrong) {
    assertThat(List.of(SMALL.split(Pattern.quote(right), -1)))
        .as("'%s' occurs in the small site", right)
        .hasSizeGreaterThan(1);
    return SMALL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
  }
}
