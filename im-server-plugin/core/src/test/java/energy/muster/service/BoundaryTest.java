// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "energy.muster.service", importOptions = DoNotIncludeTests.class)
final class BoundaryTest {
  @ArchTest
  static final ArchRule THE_CORE_KNOWS_NEITHER_SERVER_NOR_DATABASE_NOR_CLIENT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jivesoftware..",
              "org.xmpp..",
              "java.sql..",
              "javax.sql..",
              "org.igniterealtime..");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule WHAT_IS_REMEMBERED_KNOWS_NOTHING_OF_WHAT_IS_DECIDED =
      noClasses()
          .that()
          .resideInAPackage("..journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..dispatch..", "..ledger..", "..view..", "..orders..");
}
