// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.command.Verb;
import energy.muster.identity.CertificateDer;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact.Absence;
import energy.muster.presence.Difference;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Reversal;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** How values stand in columns: times in microseconds, certificates in base64. */
final class Columns {
  private Columns() {}

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static String certificate(Certified certified) {
    return Base64.getEncoder().encodeToString(certified.certificate().bytes());
  }

  static Certified certified(String base64) throws SQLException {
    try {
      return Certified.of(CertificateDer.of(Base64.getDecoder().decode(base64)).decode());
    } catch (CertificateException e) {
      throw new SQLException("a certificate cannot be read back", e);
    }
  }

  static String absence(Absence absence) {
    var object =
        Json.object()
            .put("fault", absence.fault())
            .put("since", absence.since().toString())
            .put("reason", absence.reason());
    absence.next().ifPresent(next -> object.put("next", next.toString()));
    return Json.text(object);
  }

  static Absence absence(String json) {
    return Fields.readAll(
        Json.parse(json),
        fields ->
            new Absence(
                fields.flag("fault"),
                fields.instant("since"),
                fields.text("reason"),
                fields.optionalInstant("next")));
  }

  /** What is believed of a device besides its last word. */
  static String belief(DeviceRecord device) {
    var object = Json.object();
    device.difference().ifPresent(found -> object.set("difference", found.write()));
    device
        .reversal()
        .ifPresent(
            due ->
                object
                    .putObject("reversal")
                    .put("verb", due.verb().wire())
                    .put("at", due.at().toString()));
    return Json.text(object);
  }

  static Optional<Difference> difference(String belief) {
    return believed(belief, "difference").map(Difference::read);
  }

  static Optional<Reversal> reversal(String belief) {
    return believed(belief, "reversal")
        .map(due -> new Reversal(due.value("verb", Verb::named), due.instant("at")));
  }

  private static Optional<Fields> believed(String belief, String what) {
    return Optional.ofNullable(belief)
        .flatMap(json -> Fields.of(Json.parse(json)).some(fields -> fields.optionalObject(what)));
  }
}
