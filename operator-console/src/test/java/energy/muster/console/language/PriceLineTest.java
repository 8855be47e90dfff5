// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.exchange.ChangeSet.DataClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines about what energy costs and what devices do about it. */
final class PriceLineTest {
  private static Act.Configure configure(String line) {
    return (Act.Configure) ((Line.Order) LineReader.read(line)).act();
  }

  @Test
  void whatADeviceDoesAboutPricesIsSetFromAFile() {
    Act.Configure configure = configure("configure load-48 prices plan.json");

    assertThat(configure.revision()).isEmpty();
    Act.InFile file = ((Act.Priced) configure.settings()).plan().orElseThrow();
    assertThat(file.path()).isEqualTo("plan.json");
    assertThat(file.column()).isEqualTo("configure load-48 prices ".length());
  }

  @Test
  void noneEndsItAndARevisionMayBeSaid() {
    Act.Configure configure = configure("configure load-48 revision 7 prices none");

    assertThat(configure.revision()).hasValue(7);
    assertThat(((Act.Priced) configure.settings()).plan()).isEmpty();
  }

  @Test
  void aFileWhoseNameHasBlanksIsQuoted() {
    Act.Configure configure = configure("configure loads prices \"my plan.json\"");

    assertThat(((Act.Priced) configure.settings()).plan().orElseThrow().path())
        .isEqualTo("my plan.json");
  }

  @ParameterizedTest
  @CsvSource({
    "configure load-48 prices, a file that says what it does about prices",
    "configure load-48 prices \"\", a file",
    "configure load-48 revision prices none, revision",
    "configure load-48 revision 0 prices none, counts from 1"
  })
  void whatIsMissingIsNamed(String line, String said) {
    assertThatThrownBy(() -> LineReader.read(line))
        .isInstanceOf(Hint.class)
        .hasMessageContaining(said);
  }

  @Test
  void aProposalIsLetGoByItsNumberAndADeviceIsReleasedByItsName() {
    assertThat(LineReader.read("release proposal 3")).isEqualTo(new Line.ReleaseProposal(3));
    assertThat(LineReader.read("release gen-2")).isInstanceOf(Line.Order.class);
    assertThatThrownBy(() -> LineReader.read("release proposal x"))
        .hasMessageContaining("a proposal's number");
  }

  @Test
  void copiesNameTheirClassTheirFlagsAndTheirFolder() {
    var line = (Line.Changes) LineReader.read("changes bills with billing, month into copies");

    assertThat(line.dataClass()).isEqualTo(DataClass.BILLS);
    assertThat(line.flags()).containsExactly("billing", "month");
    assertThat(line.folder()).isEqualTo("copies");
  }
}
