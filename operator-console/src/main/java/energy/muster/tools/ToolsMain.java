// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs {@code pki}, {@code firmware} or {@code verify}. Exit status 1 for a refusal, 2 for a
 * senseless line.
 */
public final class ToolsMain {
  private ToolsMain() {}

  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofProcess(), arguments));
  }

  static int run(Surroundings surroundings, String... arguments) {
    CommandLine pki =
        new CommandLine(new PkiCommand())
            .addSubcommand(new PkiInit(surroundings))
            .addSubcommand(new PkiIssue(surroundings))
            .addSubcommand(new PkiRevoke(surroundings))
            .addSubcommand(new PkiCrl(surroundings))
            .addSubcommand(new PkiShow(surroundings));
    CommandLine firmware =
        new CommandLine(new FirmwareCommand())
            .addSubcommand(new FirmwareManifest(surroundings))
            .addSubcommand(new FirmwareRelease(surroundings))
            .addSubcommand(new FirmwareCosign(surroundings))
            .addSubcommand(new FirmwareShow(surroundings))
            .addSubcommand(new FirmwareVerify(surroundings));
    CommandLine root =
        new CommandLine(new Root())
            .addSubcommand("pki", pki)
            .addSubcommand("firmware", firmware)
            .addSubcommand(new VerifyCommand(surroundings));
    addHelp(root);
    root.setOut(surroundings.out());
    root.setErr(surroundings.err());
    root.setExecutionExceptionHandler(
        (exception, command, parsed) -> explain(exception, command, surroundings));
    int status = root.execute(arguments);
    surroundings.out().flush();
    surroundings.err().flush();
    return status;
  }

  private static void addHelp(CommandLine command) {
    command.addMixin("help", new HelpOption());
    command.getSubcommands().values().forEach(ToolsMain::addHelp);
  }

  private static int explain(Exception exception, CommandLine command, Surroundings surroundings)
      throws Exception {
    String text;
    if (exception instanceof Refused refused) {
      text = refused.refusal().text();
    } else if (exception instanceof NoSuchFileException missing) {
      text = "there is no file " + missing.getFile();
    } else if (exception instanceof IOException || exception instanceof UncheckedIOException) {
      text = exception.getMessage();
    } else {
      throw exception;
    }
    surroundings.err().println(command.getCommandSpec().qualifiedName() + ": " + text);
    return 1;
  }

  @Command(name = "muster")
  private static final class Root implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "a command is missing: pki, firmware or verify");
    }
  }
}
