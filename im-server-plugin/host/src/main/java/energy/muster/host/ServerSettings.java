// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Openfire is told at each start so that it is shut: its own defaults open eleven ports, let
 * anyone register and keep passwords readable.
 *
 * @param domain the XMPP domain
 * @param port of XMPP clients, on loopback
 * @param httpsPort of BOSH clients, on loopback; none when not positive
 */
record ServerSettings(String domain, int port, int httpsPort) {
  static final String DOMAIN = "xmpp.domain";

  /** The only one that both this server and its clients have and that hides the password. */
  static final String MECHANISM = "SCRAM-SHA-1";

  Map<String, String> properties(Secrets secrets) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put(DOMAIN, domain);
    told.put("xmpp.fqdn", domain);
    told.put("xmpp.socket.plain.port", Integer.toString(port));
    told.put("xmpp.socket.plain.active", "true");
    told.put("xmpp.socket.tcp-nodelay", "true");
    listenNowhereElse(told);
    told.putAll(BoshTerms.USUAL.properties());
    letNobodyElseIn(told);
    told.put("provider.auth.className", EvenLogins.class.getName());
    told.put(EvenLogins.SECRET, secrets.keystore());
    for (String store : new String[] {"xmpp.socket.ssl.client.", "xmpp.socket.ssl."}) {
      told.put(store + "storeType", TlsIdentity.STORE_TYPE);
      told.put(store + "keypass", secrets.keystore());
      told.put(store + "trustpass", secrets.keystore());
    }
    return told;
  }

  private static void listenNowhereElse(Map<String, String> told) {
    for (String listener :
        new String[] {
          // BOSH has a door of its own.
          "httpbind.enabled",
          "xmpp.socket.ssl.active",
          "xmpp.server.socket.active",
          "xmpp.component.socket.active",
          "xmpp.component.ssl.active",
          "xmpp.multiplex.socket.active",
          "xmpp.multiplex.ssl.active",
          "xmpp.proxy.enabled",
          "xmpp.jmx.enabled",
          "mediaproxy.enabled",
          "flash.crossdomain.enabled",
          "multicastDNS.enabled"
        }) {
      told.put(listener, "false");
    }
    told.put("update.service-enabled", "false");
    told.put("update.notify-admins", "false");
  }

  private static void letNobodyElseIn(Map<String, String> told) {
    told.put("xmpp.client.tls.policy", "required");
    told.put("xmpp.client.compression.policy", "disabled");
    told.put("sasl.mechs", MECHANISM);
    told.put("xmpp.auth.anonymous", "false");
    told.put("register.inband", "false");
    told.put("register.password", "false");
    told.put("user.scramHashedPasswordOnly", "true");
    // Without a name here an account called admin would administer the server.
    told.put("admin.authorizedJIDs", "nobody@nowhere.invalid");
  }
}
