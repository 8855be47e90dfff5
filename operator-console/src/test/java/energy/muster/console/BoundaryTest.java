// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "energy.muster.console", importOptions = DoNotIncludeTests.class)
final class BoundaryTest {
  @ArchTest
  static final ArchRule LANGUAGE_AND_SESSION_KNOW_NEITHER_TERMINAL_NOR_XMPP =
      noClasses()
          .that()
          .resideInAnyPackage("energy.muster.console.language..", "energy.muster.console.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jline..",
              "org.jivesoftware..",
              "org.jxmpp..",
              "picocli..",
              "energy.muster.console.face..");

  @ArchTest
  static final ArchRule LANGUAGE_KNOWS_NO_SESSION =
      noClasses()
          .that()
          .resideInAPackage("energy.muster.console.language..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("energy.muster.console.session..", "energy.muster.link..");

  @ArchTest
  static final ArchRule ONLY_THE_PROGRAM_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("energy.muster.console")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
