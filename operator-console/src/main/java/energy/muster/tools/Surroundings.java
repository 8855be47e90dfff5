// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a tool finds around it: the clock, the environment and where it writes. */
record Surroundings(
    InstantSource clock, Map<String, String> environment, PrintWriter out, PrintWriter err) {
  private static final String IDENTITY_VARIABLE = "MUSTER_PASSPHRASE";
  private static final String AUTHORITY_VARIABLE = "MUSTER_CA_PASSPHRASE";

  static Surroundings ofProcess() {
    return new Surroundings(
        Clock.systemUTC(),
        System.getenv(),
        new PrintWriter(System.out, true, UTF_8),
        new PrintWriter(System.err, true, UTF_8));
  }

  Optional<char[]> authorityPassphrase() {
    return Optional.ofNullable(environment.get(AUTHORITY_VARIABLE)).map(String::toCharArray);
  }

  /** From the file, else the environment, else asked for twice. */
  // Java 22 gives a console where there is no terminal; the empty answer it gives is refused.
  @SuppressWarnings("SystemConsoleNull")
  char[] newIdentityPassphrase(Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      return nonEmpty(Files.readString(file.get()).strip().toCharArray(), file.get().toString());
    }
    String given = environment.get(IDENTITY_VARIABLE);
    if (given != null) {
      return nonEmpty(given.toCharArray(), IDENTITY_VARIABLE);
    }
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          "the key file needs a passphrase: set " + IDENTITY_VARIABLE + " or --passphrase-file");
    }
    char[] first = nonEmpty(console.readPassword("Passphrase for the key file: "), "the answer");
    if (!Arrays.equals(first, console.readPassword("Once more: "))) {
      throw new IOException("the two passphrases differ");
    }
    return first;
  }

  /** Of a key file that there is: from the file, else the environment, else asked for. */
  @SuppressWarnings("SystemConsoleNull") // as above
  char[] identityPassphrase(Optional<Path> file, Path identity) throws IOException {
    if (file.isPresent() || environment.containsKey(IDENTITY_VARIABLE)) {
      return newIdentityPassphrase(file);
    }
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          identity + " has a passphrase: set " + IDENTITY_VARIABLE + " or --passphrase-file");
    }
    return nonEmpty(console.readPassword("Passphrase of %s: ", identity), "the answer");
  }

  private static char[] nonEmpty(char[] passphrase, String source) throws IOException {
    if (passphrase == null || passphrase.length == 0) {
      throw new IOException("the passphrase from " + source + " is empty");
    }
    return passphrase;
  }
}
