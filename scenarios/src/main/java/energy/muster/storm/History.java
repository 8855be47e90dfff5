// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All facts of a storm in the order in which they were noted, also as JSON lines in a file. */
final class History implements AutoCloseable {
  private final List<Fact> facts = new ArrayList<>();
  private final BufferedWriter file;

  History(Path file) throws IOException {
    this.file = Files.newBufferedWriter(file);
  }

  synchronized void note(Fact fact) {
    facts.add(fact);
    try {
      file.write(Json.text(line(fact)));
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized List<Fact> facts() {
    return List.copyOf(facts);
  }

  static ObjectNode line(Fact fact) {
    ObjectNode line =
        Json.object()
            .put("at", fact.at().toString())
            .put("fact", fact.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (fact instanceof Fact.Submitted submitted) {
      line.put("id", submitted.id().text()).put("verb", submitted.verb().wire());
      ArrayNode devices = line.putArray("devices");
      submitted.devices().stream().sorted().forEach(devices::add);
      line.put("deliverBy", submitted.deliverBy().toString())
          .put("executeBy", submitted.executeBy().toString());
      terms(line, submitted.terms());
    } else if (fact instanceof Fact.Accepted accepted) {
      line.put("id", accepted.id().text());
    } else if (fact instanceof Fact.Declined declined) {
      line.put("id", declined.id().text())
          .put("reason", declined.reason().wire())
          .put("text", declined.text());
    } else if (fact instanceof Fact.Unanswered unanswered) {
      line.put("id", unanswered.id().text()).put("text", unanswered.text());
    } else if (fact instanceof Fact.Acted acted) {
      line.put("id", acted.id().text())
          .put("device", acted.device())
          .put("verb", acted.verb().wire());
      acted.was().ifPresent(was -> line.put("was", was.wire()));
    } else if (fact instanceof Fact.Undone undone) {
      line.put("device", undone.device()).put("verb", undone.verb().wire());
    } else if (fact instanceof Fact.GivenUp up) {
      line.put("id", up.id().text()).put("device", up.device());
    } else if (fact instanceof Fact.Told told) {
      line.put("id", told.id().text()).put("device", told.device());
      line.set("outcome", signed(told.outcome()));
    } else if (fact instanceof Fact.Found found) {
      line.put("reading", found.reading())
          .put("id", found.id().text())
          .put("device", found.device())
          .put("state", found.state().wire())
          .put("text", found.text())
          .put("givenUp", found.givenUp());
      ArrayNode outcomes = line.putArray("outcomes");
      found.outcomes().forEach(outcome -> outcomes.add(signed(outcome)));
    } else if (fact instanceof Fact.Missing missing) {
      line.put("reading", missing.reading()).put("id", missing.id().text());
    } else if (fact instanceof Fact.Struck struck) {
      line.put("what", struck.what());
    } else if (fact instanceof Fact.Restored restored) {
      line.put("device", restored.device());
    } else if (fact instanceof Fact.Quarantined quarantined) {
      line.put("device", quarantined.device());
    }
    return line;
  }

  private static void terms(ObjectNode line, Fact.Terms terms) {
    terms.executeAt().ifPresent(at -> line.put("executeAt", at.toString()));
    terms.until().ifPresent(end -> line.put("until", end.toString()));
    terms.when().ifPresent(state -> line.put("when", state.wire()));
    terms.cancels().ifPresent(id -> line.put("cancels", id.text()));
    terms.supersedes().ifPresent(id -> line.put("supersedes", id.text()));
  }

  private static ObjectNode signed(Fact.Signed outcome) {
    return Json.object()
        .put("digest", outcome.digest())
        .put("result", outcome.result().wire())
        .put("text", outcome.text());
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
