// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A bill as comma-separated values (RFC 4180): a line for each of its lines, and one for the total.
 */
public final class BillCsv {
  private static final String HEAD =
      "bill,meter,tariff,version,document,from,until,kind,charge,when,tier,quantity,unit,price,"
          + "amount,currency,intervals";

  private BillCsv() {}

  public static String of(Bill bill) {
    StringBuilder csv = new StringBuilder(HEAD).append("\r\n");
    bill.lines().forEach(line -> append(csv, fields(bill, line)));
    append(csv, total(bill));
    return csv.toString();
  }

  private static List<String> fields(Bill bill, Line line) {
    return List.of(
        bill.id().text(),
        bill.meter().toString(),
        bill.tariff().toString(),
        Long.toString(line.basis().version()),
        line.basis().document().text(),
        line.basis().from().toString(),
        line.basis().until().toString(),
        line.kind().wire(),
        line.charge(),
        line.when(),
        line.tier() == 0 ? "" : Integer.toString(line.tier()),
        line.quantity().toPlainString(),
        line.unit(),
        line.price().map(java.math.BigDecimal::toPlainString).orElse(""),
        line.amount().amount().toPlainString(),
        line.amount().currency().getCurrencyCode(),
        Integer.toString(line.uses().stream().mapToInt(Use::intervals).sum()));
  }

  private static List<String> total(Bill bill) {
    return List.of(
        bill.id().text(),
        bill.meter().toString(),
        bill.tariff().toString(),
        "",
        "",
        bill.from().toString(),
        bill.until().toString(),
        "total",
        "",
        "",
        "",
        "",
        "",
        "",
        bill.total().amount().toPlainString(),
        bill.total().currency().getCurrencyCode(),
        "");
  }

  private static void append(StringBuilder csv, List<String> fields) {
    csv.append(fields.stream().map(BillCsv::quoted).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
