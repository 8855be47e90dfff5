// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class BoundaryTest {
  private static final JavaClasses CONSOLE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("energy.muster.console");

  @Test
  void languageAndSessionKnowNeitherTerminalNorXmpp() {
    noClasses()
        .that()
        .resideInAnyPackage("..console.language..", "..console.session..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jline..", "org.jivesoftware..", "org.jxmpp..", "picocli..", "..console.face..")
        .check(CONSOLE);
  }

  @Test
  void theLanguageKnowsNoSession() {
    noClasses()
        .that()
        .resideInAPackage("..console.language..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..console.session..", "..muster.link..")
        .check(CONSOLE);
  }

  @Test
  void onlyTheProgramPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("energy.muster.console")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CONSOLE);
  }
}
