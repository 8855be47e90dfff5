// SPDX-License-Identifier: Apache-2.0
package energy.muster.wire;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every element Muster puts into a stanza: its name and the topic that makes its namespace {@code
 * urn:muster:TOPIC:1}.
 */
public enum Wire {
  CHALLENGE("challenge", "session"),
  PROOF("proof", "session"),
  LEASE("lease", "session"),
  GOODBYE("goodbye", "session"),
  REQUIRED("required", "session"),
  DEVICE("device", "presence"),
  PERSON("person", "presence"),
  SUBMIT("submit", "command"),
  ACCEPTED("accepted", "command"),
  DELIVER("deliver", "command"),
  RECEIVED("received", "command"),
  OWN_ACT("own-act", "command"),
  OUTCOME("outcome", "outcome"),
  OUTCOMES("outcomes", "outcome"),
  KEPT("kept", "outcome"),
  INQUIRE("inquire", "outcome"),
  WRITE_OFF("write-off", "outcome"),
  VIEW("view", "view"),
  CHANGES("changes", "view"),
  NOTICE("notice", "view"),
  CLOSE("close", "view"),
  PEOPLE("people", "people"),
  TELL("tell", "people"),
  HAND_OVER("hand-over", "people"),
  ACCEPT("accept", "people"),
  DECLINE("decline", "people"),
  ORDERS("orders", "orders"),
  ORDER("order", "orders"),
  FAIRNESS("fairness", "goal"),
  RELIABILITY("reliability", "reliability"),
  CRL("crl", "trust"),
  LOOK("look", "grant"),
  PEERS("peers", "warning"),
  WARNING("warning", "warning"),
  REACTED("reacted", "warning"),
  MANDATE("mandate", "branch"),
  BRANCH_REPORT("report", "branch"),
  ALARM("alarm", "alarm"),
  ALARMS("alarms", "alarm"),
  ALARM_CHANGES("changes", "alarm"),
  ALARM_HISTORY("history", "alarm"),
  ALARM_REPORT("report", "alarm"),
  ACT("act", "alarm"),
  POLICY("policy", "alarm"),
  ROSTER("roster", "duty"),
  DUTY("duty", "duty"),
  REACH("reach", "alarm"),
  READINGS("readings", "metering"),
  STATEMENT("statement", "metering"),
  READINGS_CORRECTION("correction", "metering"),
  SUPPLIER_CHANGE("supplier-change", "price"),
  TARIFFS("tariffs", "tariff"),
  PUBLICATION("publication", "tariff"),
  RECEIPTS("receipts", "tariff"),
  PROPOSALS("proposals", "tariff"),
  PROPOSAL("proposal", "tariff"),
  CHANGE_SETS("change-sets", "exchange"),
  CHANGE_SET("change-set", "exchange"),
  FIRMWARE_PUBLISH("firmware-publish", "firmware"),
  FIRMWARE_PIECE("firmware-piece", "firmware"),
  FIRMWARE_DEPOT("firmware-depot", "firmware"),
  CAMPAIGNS("campaigns", "firmware"),
  CAMPAIGN_ACT("campaign-act", "firmware"),
  INVENTORY("inventory", "firmware"),
  FIRMWARE_RELEASES("releases", "firmware"),
  FIRMWARE_MANIFEST("manifest", "firmware"),
  FIRMWARE_LIST("list", "firmware"),
  FIRMWARE_CHUNK("chunk", "firmware"),
  FIRMWARE_PASS("pass", "firmware"),
  FIRMWARE_REPORT("report", "firmware"),
  REFUSED("refused", "refusal"),
  REFUSALS("refusals", "refusal");

  /** Namespace of the element that holds a sealed document, base64 of its CMS. */
  public static final String SEALED_NAMESPACE = "urn:muster:sealed:1";

  public static final String SEALED_ELEMENT = "sealed";

  /** XEP-0335. */
  public static final String JSON_NAMESPACE = "urn:xmpp:json:0";

  public static final String JSON_ELEMENT = "json";

  /** The service's address is this label before the domain. */
  public static final String SERVICE_LABEL = "muster";

  /** The rooms' address is this label before the domain. */
  public static final String ROOMS_LABEL = "rooms";

  private final String element;
  private final String namespace;

  Wire(String element, String topic) {
    this.element = element;
    this.namespace = "urn:muster:" + topic + ":1";
  }

  /** The service's address at a site of this domain. */
  public static String service(String domain) {
    return SERVICE_LABEL + "." + domain;
  }

  public String element() {
    return element;
  }

  public String namespace() {
    return namespace;
  }

  public static Optional<Wire> of(String element, String namespace) {
    return Arrays.stream(values())
        .filter(wire -> wire.element.equals(element) && wire.namespace.equals(namespace))
        .findFirst();
  }
}
