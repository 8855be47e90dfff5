// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One jar for Openfire 4.2 to 5.x: only members that are the same in all of them are called. */
final class OpenfireMembersTest {
  private static final String LIST = "openfire-members.txt";

  @Test
  void onlyListedMembersOfOpenfireAreCalled() throws Exception {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("energy.muster.openfire");
    Set<String> called =
        ours.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().getName().startsWith("org.jivesoftware."))
            .map(OpenfireMembersTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(called)
        .as(
            "Calling another member of Openfire is a decision: check that it is the same from 4.2"
                + " to 5.x, then record it in src/test/resources/"
                + LIST)
        .isEqualTo(listed());
  }

  private static String name(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }

  private static Set<String> listed() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(OpenfireMembersTest.class.getResourceAsStream("/" + LIST))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
