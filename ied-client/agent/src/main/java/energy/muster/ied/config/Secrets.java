// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.config;

import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the keys, certificates and secrets that a configuration names. */
public final class Secrets {
  private Secrets() {}

  /** The authorities of a PEM file, as yet without revocation lists. */
  public static Trust trust(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      return Trust.of(certificates);
    } catch (IOException e) {
      throw new ConfigException("trustAnchors: " + pem + " cannot be read");
    } catch (CertificateException | IllegalArgumentException e) {
      throw new ConfigException(
          "trustAnchors: " + pem + " holds no authority's certificate in PEM: " + e.getMessage());
    }
  }

  /** The device's key, if it is a device's and this one's. */
  public static SigningIdentity identity(DeviceConfig device) {
    char[] passphrase = firstLine(device, "passphraseFile", device.passphraseFile()).toCharArray();
    if (!Files.isReadable(device.identity())) {
      throw wrong(device, "identity", device.identity() + " cannot be read");
    }
    SigningIdentity identity = load(device, passphrase);
    BareJid named = identity.certified().jid();
    if (!named.equals(device.jid())) {
      throw wrong(device, "identity", device.identity() + " is of " + named);
    }
    if (!identity.certified().holds(Role.DEVICE)) {
      throw wrong(
          device, "identity", device.identity() + " is no device's: issue one with role device");
    }
    return identity;
  }

  private static SigningIdentity load(DeviceConfig device, char[] passphrase) {
    try {
      return SigningIdentity.load(device.identity(), passphrase);
    } catch (IOException | IllegalArgumentException | Refused e) {
      throw wrong(
          device,
          "identity",
          device.identity()
              + " cannot be opened with the passphrase in "
              + device.passphraseFile()
              + ": "
              + e.getMessage());
    }
  }

  public static String password(DeviceConfig device) {
    return firstLine(device, "passwordFile", device.passwordFile());
  }

  private static String firstLine(DeviceConfig device, String field, Path file) {
    try {
      String line = Files.readString(file).lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw wrong(device, field, file + " is empty; put the secret on its first line");
      }
      return line;
    } catch (IOException e) {
      throw wrong(device, field, file + " cannot be read");
    }
  }

  private static ConfigException wrong(DeviceConfig device, String field, String what) {
    return new ConfigException(device.jid() + ": " + field + ": " + what);
  }
}
