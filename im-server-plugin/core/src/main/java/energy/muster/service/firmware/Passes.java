// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.Pass;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Leave to fetch one image over HTTPS. Nothing is remembered of it: a token says for whom and until
 * when it is, under a code over that and the image by a secret that ends with the service. Any
 * thread.
 */
final class Passes {
  /** How long one is good; a device asks for another when it is over. */
  static final Duration GOOD_FOR = Duration.ofHours(1);

  private static final String CODE = "HmacSHA256";
  private static final int CODE_BYTES = 32;
  private static final int LONGEST = 512;

  private final SecretKeySpec secret;
  private final InstantSource clock;

  Passes(InstantSource clock) {
    this.clock = clock;
    byte[] key = new byte[CODE_BYTES];
    new SecureRandom().nextBytes(key);
    this.secret = new SecretKeySpec(key, CODE);
  }

  Pass give(BareJid device, Digest image) {
    Instant until = Instant.ofEpochSecond(clock.instant().plus(GOOD_FOR).getEpochSecond());
    byte[] holder = device.toString().getBytes(StandardCharsets.UTF_8);
    byte[] said =
        ByteBuffer.allocate(Long.BYTES + holder.length)
            .putLong(until.getEpochSecond())
            .put(holder)
            .array();
    byte[] token =
        ByteBuffer.allocate(CODE_BYTES + said.length)
            .put(code(image.toString(), said))
            .put(said)
            .array();
    return new Pass(Base64.getUrlEncoder().withoutPadding().encodeToString(token), until);
  }

  /** Whether whoever has this token may fetch that image now. */
  boolean admits(String token, String image) {
    byte[] given = decoded(token);
    if (given.length < CODE_BYTES + Long.BYTES) {
      return false;
    }
    byte[] said = Arrays.copyOfRange(given, CODE_BYTES, given.length);
    boolean ours =
        MessageDigest.isEqual(code(image, said), Arrays.copyOfRange(given, 0, CODE_BYTES));
    return ours && clock.instant().getEpochSecond() < ByteBuffer.wrap(said).getLong();
  }

  private static byte[] decoded(String token) {
    if (token.length() > LONGEST) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] code(String image, byte[] said) {
    try {
      Mac mac = Mac.getInstance(CODE);
      mac.init(secret);
      mac.update(image.getBytes(StandardCharsets.UTF_8));
      // No digest has it, so that nothing else can be read into the same bytes.
      mac.update((byte) 0);
      return mac.doFinal(said);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + CODE, e);
    }
  }
}
