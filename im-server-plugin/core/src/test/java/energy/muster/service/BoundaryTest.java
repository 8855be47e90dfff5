// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BoundaryTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("energy.muster.service");

  @Test
  void theRulesSeeTheCore() {
    assertThat(CORE.contain(Service.class)).isTrue();
  }

  @Test
  void theCoreKnowsNeitherServerNorDatabaseNorClient() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jivesoftware..", "org.xmpp..", "java.sql..", "javax.sql..", "org.igniterealtime..")
        .check(CORE);
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(CORE);
  }

  @Test
  void whatIsRememberedKnowsNothingOfWhatIsDecided() {
    noClasses()
        .that()
        .resideInAPackage("..journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..dispatch..", "..ledger..", "..view..", "..orders..")
        .check(CORE);
  }
}
