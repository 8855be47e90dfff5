// SPDX-License-Identifier: Apache-2.0
package energy.muster.wire;

import energy.muster.seal.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * One of the stanzas in {@code golden/wire}, exactly as it travels; the link and the server adapter
 * are both tested against it. What stands in {@code <sealed>} is some DER, not a real seal.
 */
public enum GoldenStanza {
  CHALLENGE_GET,
  CHALLENGE_RESULT,
  PROOF_SET,
  PROOF_RESULT,
  LEASE_SET,
  LEASE_RESULT,
  LEASE_WAITING_RESULT,
  LEASE_ASK_SET,
  LEASE_ASK_RESULT,
  DEVICE_ASK_SET,
  DEVICE_ASK_RESULT,
  GOODBYE_SET,
  GOODBYE_RESULT,
  SUBMIT_SET,
  SUBMIT_RESULT,
  DELIVER_SET,
  DELIVER_RESULT,
  DELIVER_OUTCOME_RESULT,
  OWN_ACT_SET,
  OWN_ACT_RESULT,
  SUPPLIER_CHANGE_SET,
  SUPPLIER_CHANGE_RESULT,
  OUTCOME_SET,
  OUTCOME_RESULT,
  KEPT_MESSAGE,
  OUTCOME_REPORT_SET,
  OUTCOME_REPORT_RESULT,
  OUTCOMES_SET,
  OUTCOMES_RESULT,
  INQUIRE_SET,
  INQUIRE_RESULT,
  WRITE_OFF_SET,
  WRITE_OFF_RESULT,
  VIEW_SET,
  VIEW_RESULT,
  VIEW_SINCE_SET,
  VIEW_SINCE_RESULT,
  CLOSE_SET,
  CLOSE_RESULT,
  FAIRNESS_GET,
  FAIRNESS_RESULT,
  PEOPLE_GET,
  PEOPLE_RESULT,
  TELL_SET,
  TELL_RESULT,
  HAND_OVER_SET,
  HAND_OVER_RESULT,
  ACCEPT_SET,
  ACCEPT_RESULT,
  DECLINE_SET,
  DECLINE_RESULT,
  ORDERS_GET,
  ORDERS_RESULT,
  ORDER_GET,
  ORDER_RESULT,
  RELIABILITY_GET,
  RELIABILITY_RESULT,
  CRL_SET,
  CRL_RESULT,
  CRL_PUBLISH_SET,
  CRL_PUBLISH_RESULT,
  LOOK_SET,
  LOOK_RESULT,
  PEERS_GET,
  PEERS_RESULT,
  PEERS_MESSAGE,
  WARNING_MESSAGE,
  WARNING_SET,
  WARNING_RESULT,
  REACTED_SET,
  REACTED_RESULT,
  MANDATE_SET,
  MANDATE_RESULT,
  MANDATE_GIVE_SET,
  MANDATE_GIVE_RESULT,
  BRANCH_REPORT_SET,
  BRANCH_REPORT_RESULT,
  ALARM_SET,
  ALARM_RESULT,
  READINGS_SET,
  READINGS_RESULT,
  READINGS_GET,
  READINGS_PAGE_RESULT,
  CORRECTION_SET,
  CORRECTION_RESULT,
  STATEMENT_SET,
  STATEMENT_RESULT,
  STATEMENT_GET,
  STATEMENT_LAST_RESULT,
  REACH_GET,
  REACH_RESULT,
  ALARM_DIRECT_SET,
  ALARM_DIRECT_RESULT,
  ALARM_OFFER_SET,
  ALARM_OFFER_RESULT,
  ALARMS_GET,
  ALARMS_RESULT,
  ALARM_CHANGES_MESSAGE,
  ALARM_HISTORY_GET,
  ALARM_HISTORY_RESULT,
  ACT_SET,
  ACT_RESULT,
  TARIFFS_GET,
  TARIFFS_RESULT,
  PUBLICATION_GET,
  PUBLICATION_RESULT,
  PUBLICATION_MESSAGE,
  RECEIPTS_GET,
  RECEIPTS_RESULT,
  PROPOSALS_GET,
  PROPOSALS_RESULT,
  PROPOSAL_SET,
  PROPOSAL_RESULT,
  CHANGE_SETS_SET,
  CHANGE_SETS_RESULT,
  CHANGE_SET_MESSAGE,
  POLICY_SET,
  POLICY_SET_RESULT,
  POLICY_GET,
  POLICY_RESULT,
  ALARM_REPORT_GET,
  ALARM_REPORT_RESULT,
  ROSTER_SET,
  ROSTER_RESULT,
  DUTY_GET,
  DUTY_RESULT,
  FIRMWARE_PUBLISH_SET,
  FIRMWARE_PUBLISH_RESULT,
  FIRMWARE_PIECE_SET,
  FIRMWARE_PIECE_RESULT,
  FIRMWARE_DEPOT_GET,
  FIRMWARE_DEPOT_RESULT,
  CAMPAIGNS_GET,
  CAMPAIGNS_RESULT,
  CAMPAIGN_ACT_SET,
  CAMPAIGN_ACT_RESULT,
  INVENTORY_GET,
  INVENTORY_RESULT,
  FIRMWARE_RELEASES_GET,
  FIRMWARE_RELEASES_RESULT,
  FIRMWARE_MANIFEST_GET,
  FIRMWARE_MANIFEST_RESULT,
  FIRMWARE_LIST_GET,
  FIRMWARE_LIST_RESULT,
  FIRMWARE_CHUNK_GET,
  FIRMWARE_CHUNK_RESULT,
  FIRMWARE_PASS_GET,
  FIRMWARE_PASS_RESULT,
  FIRMWARE_REPORT_SET,
  FIRMWARE_REPORT_RESULT,
  REFUSALS_GET,
  REFUSALS_RESULT,
  REFUSED_BY_SERVICE,
  REFUSED_BY_DEVICE,
  CHANGES_MESSAGE,
  NOTICE_MESSAGE,
  NOTICE_DIFFERENCE_MESSAGE,
  NOTICE_SET,
  NOTICE_RESULT,
  REQUIRED_MESSAGE,
  PRESENCE_AVAILABLE,
  PRESENCE_LOCATED,
  PRESENCE_RESTRICTED,
  PRESENCE_IDLE,
  PRESENCE_PERSON,
  PRESENCE_GOODBYE;

  /** The stanza without the line end of its file. */
  public String xml() {
    String file = "/golden/wire/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (InputStream in = GoldenStanza.class.getResourceAsStream(file + ".xml")) {
      if (in == null) {
        throw new IllegalStateException(file + ".xml is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Our element in it, read independently of any XMPP library; a person's presence has none. */
  public Optional<Payload> payload() {
    NodeList all = parse(xml()).getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Optional<Wire> wire = Wire.of(all.item(i).getLocalName(), all.item(i).getNamespaceURI());
      if (wire.isPresent()) {
        Element element = (Element) all.item(i);
        return Optional.of(
            new Payload(
                wire.get(),
                child(element, Wire.SEALED_NAMESPACE, Wire.SEALED_ELEMENT).map(Sealed::ofBase64),
                child(element, Wire.JSON_NAMESPACE, Wire.JSON_ELEMENT)));
      }
    }
    return Optional.empty();
  }

  /** Whether this is the same XML, whatever the quotes, prefixes and order of attributes. */
  public boolean matches(String xml) {
    return withoutPrefixes(parse(xml())).isEqualNode(withoutPrefixes(parse(xml)));
  }

  private static Optional<String> child(Element parent, String namespace, String name) {
    Node found = parent.getElementsByTagNameNS(namespace, name).item(0);
    return Optional.ofNullable(found).map(Node::getTextContent);
  }

  /** Namespaces stay with the names; the declarations may stand anywhere. */
  private static Document withoutPrefixes(Document document) {
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      element.setPrefix(null);
      for (int j = element.getAttributes().getLength() - 1; j >= 0; j--) {
        Attr attribute = (Attr) element.getAttributes().item(j);
        if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
          element.removeAttributeNode(attribute);
        }
      }
    }
    document.normalize();
    return document;
  }

  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalArgumentException("not XML: " + xml, e);
    }
  }
}
