// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BoundariesTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("energy.muster.ied");

  @Test
  void decidingAndDrivingKnowNeitherTheNetworkNorTheDisk() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..ied.alarm..",
            "..ied.gate..",
            "..ied.warning..",
            "..ied.branch..",
            "..ied.driver..",
            "..ied.clock..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "org.sqlite..", "org.jivesoftware..", "org.jxmpp..", "..muster.link..")
        .check(AGENT);
  }

  @Test
  void onlyTheJournalKnowsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..ied.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..")
        .check(AGENT);
  }
}
