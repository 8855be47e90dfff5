// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.presence.Operating;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the console is about, and how it goes on after a cut. */
final class OutlookTest extends Sitting {
  private ObjectNode lastView() {
    return service.views().get(service.views().size() - 1);
  }

  private String said(String line) throws Exception {
    events.clear();
    session.run(line);
    return one(Event.Said.class).text();
  }

  @Test
  void theViewIsNarrowedToABranchAndWidenedAgain() throws Exception {
    assertThat(said("view branch 60")).isEqualTo("the view is of branch-60: 2 devices");
    assertThat(lastView().toString())
        .isEqualTo("{\"id\":\"v2\",\"only\":{\"areas\":[\"branch-60\"]}}");
    assertThat(said("who")).startsWith("of what the view is about, branch-60;");
    assertThat(one(Event.Listed.class).contacts()).hasSize(2);

    assertThat(said("view everything")).isEqualTo("the view is of everything: 5 devices");
  }

  @Test
  void aViewIsOfAKindOrOfDevicesByName() throws Exception {
    assertThat(said("view loads on branch 60"))
        .isEqualTo("the view is of load, branch-60: 2 devices");
    // gen-2 is not in the view now, and may be asked for all the same.
    assertThat(said("view gen-2, load-9")).isEqualTo("the view is of gen-2, load-9: 2 devices");
    assertThat(said("view")).isEqualTo("the view is of gen-2, load-9: 2 devices");
  }

  @Test
  void aViewIsNotOfStates() throws Exception {
    session.run("view loads that are on");

    assertThat(one(Event.Mistaken.class).hint().getMessage()).contains("a view is of areas, kinds");
  }

  @Test
  void afterACutItGoesOnFromTheRevisionItHas() throws Exception {
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    service.cutAndProveAgain();

    assertThat(lastView().toString())
        .isEqualTo("{\"id\":\"v1\",\"since\":{\"epoch\":\"since-noon\",\"rev\":2}}");
    assertThat(session.run("expect gen-2 on").ok()).isTrue();
  }

  @Test
  void aNarrowedViewStaysNarrowedAfterACut() throws Exception {
    session.run("view branch 60");
    service.cutAndProveAgain();

    assertThat(lastView().at("/only/areas/0").asText()).isEqualTo("branch-60");
    assertThat(session.mirror().all()).hasSize(2);
  }

  @Test
  void whatIsOtherIsMergedIntoWhatIsKnown() throws Exception {
    service.patch("load-48", "{\"presence\":{\"rev\":9,\"operating\":\"off\"}}");

    assertThat(session.run("expect load-48 off").ok()).isTrue();
    assertThat(session.run("expect 3 loads").ok()).isTrue();
  }

  @Test
  void whatIsOutOfSightIsNoLongerListed() throws Exception {
    service.hide("load-48");

    assertThat(session.run("expect 2 loads").ok()).isTrue();
  }
}
