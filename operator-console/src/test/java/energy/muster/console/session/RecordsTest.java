// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Sealed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders as the service keeps them. */
final class RecordsTest extends Sitting {
  @Test
  void anOrderIsFoundByTheEndOfItsIdAndExported(@TempDir Path folder) throws Exception {
    session.run("shed load-48");
    String brief = only().id().brief().toLowerCase(Locale.ROOT);
    assertThat(session.run("order " + brief).ok()).isTrue();
    assertThat(session.run("export order " + brief + " to \"" + folder + "\"").ok()).isTrue();
    List<Path> files = one(Event.Exported.class).files();
    assertThat(files).hasSize(3).allSatisfy(file -> assertThat(file).exists());
    var exported = new Sealed(Files.readAllBytes(files.get(0)));
    assertThat(Command.read(pki.trust().open(exported, pki.now()).content())).isEqualTo(only());
  }

  @Test
  void ordersAreListedWithTheirStates() throws Exception {
    session.run("shed load-48");
    assertThat(session.run("orders").ok()).isTrue();
    assertThat(one(Event.Orders.class).orders().get(0).counts())
        .containsEntry(DeliveryState.EXECUTED, 1L);
  }
}
