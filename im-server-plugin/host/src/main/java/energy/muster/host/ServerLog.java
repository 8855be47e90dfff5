// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.log4j.PropertyConfigurator;

/** Where the server's words go: all to a rotated file, warnings to standard error as well. */
final class ServerLog {
  private ServerLog() {}

  /**
   * Begins logging into the home folder.
   *
   * @return standard output as it was; the server's own prints go to a file from now on
   */
  static PrintStream begin(HomeFolder home) {
    try {
      Properties settings = new Properties();
      settings.load(new StringReader(HomeFolder.text("logging.properties")));
      settings.replaceAll(
          (name, value) -> value.toString().replace("${logs}", home.logs().toString()));
      // HSQLDB would otherwise replace these settings by its own.
      System.setProperty("hsqldb.reconfig_logging", "false");
      PropertyConfigurator.configure(settings);
      PrintStream out = System.out;
      System.setOut(
          new PrintStream(
              Files.newOutputStream(
                  home.logs().resolve("server.out"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING),
              true,
              StandardCharsets.UTF_8));
      return out;
    } catch (IOException e) {
      throw new HostFailure("Cannot log into " + home.logs() + ": " + e.getMessage(), e);
    }
  }
}
