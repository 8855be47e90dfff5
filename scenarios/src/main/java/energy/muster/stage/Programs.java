// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the built programs are, and how each is started in a JVM of its own. */
public final class Programs {
  private static final String VERSION_PATTERN = "-\\d.*\\.jar";

  private final Path home;

  private Programs(Path home) {
    this.home = home;
  }

  /**
   * The project's folder: MUSTER_HOME if {@code bin/muster} started us, otherwise the nearest
   * folder upwards that has a {@code bin/muster}.
   */
  public static Programs locate() {
    String home = System.getenv("MUSTER_HOME");
    if (home != null) {
      return new Programs(Path.of(home).toAbsolutePath());
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("bin/muster"))) {
        return new Programs(at);
      }
    }
    throw new StageFailure("no bin/muster here or above; set MUSTER_HOME to Muster's folder");
  }

  /** The plugin as it is dropped into any Openfire. */
  public Path plugin() {
    return built(home.resolve("im-server-plugin/target/muster.jar"));
  }

  /**
   * The server.
   *
   * @param wrapper a main class of this module that runs the server's own
   */
  List<String> server(List<String> arguments, Optional<Class<?>> wrapper) {
    String own = classPath("im-server-plugin/host", "server-host");
    return java(
        List.of("-Xms192m", "-Xmn128m", "-Xmx768m", "-XX:+UseParallelGC"),
        wrapper.map(main -> own + ":" + codeOf(main)).orElse(own),
        wrapper.map(Class::getName).orElse("energy.muster.host.HostMain"),
        arguments);
  }

  private static Path codeOf(Class<?> main) {
    try {
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new StageFailure("no file holds " + main, e);
    }
  }

  List<String> ied(List<String> arguments) {
    return java(
        List.of("-Xms128m", "-Xmn96m", "-Xmx640m", "-Xss256k", "-XX:+UseSerialGC"),
        classPath("ied-client/agent", "ied-agent"),
        "energy.muster.ied.AgentMain",
        arguments);
  }

  /** A console in a process of its own; stories mostly use one within theirs. */
  public List<String> console(List<String> arguments) {
    return java(
        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        classPath("operator-console", "operator-console"),
        "energy.muster.console.ConsoleMain",
        arguments);
  }

  /** A plain chat client: its own jar and the chat library's, and nothing of ours. */
  List<String> chat(List<String> arguments) {
    Path target = built(home.resolve("scenarios/target"));
    try (Stream<Path> jars = Files.list(built(target.resolve("lib")))) {
      String library =
          jars.filter(jar -> jar.getFileName().toString().matches("(smack|jxmpp|minidns)-.*"))
              .map(Path::toString)
              .collect(Collectors.joining(":"));
      return java(
          List.of("-Xmx128m", "-XX:+UseSerialGC"),
          built(target.resolve("chat/chat-client.jar")) + ":" + library,
          "energy.muster.chat.ChatClient",
          arguments);
    } catch (IOException e) {
      throw new StageFailure("cannot list " + target, e);
    }
  }

  /** A main class of the program that is running, in a process beside it. */
  static List<String> sibling(String main, List<String> arguments) {
    return java(
        List.of("-Xms32m", "-Xmx512m", "-Xss256k", "-XX:+UseSerialGC"),
        System.getProperty("java.class.path"),
        main,
        arguments);
  }

  private String classPath(String module, String artifact) {
    Path target = built(home.resolve(module).resolve("target"));
    try (Stream<Path> jars = Files.list(target)) {
      Path own =
          jars.filter(jar -> jar.getFileName().toString().matches(artifact + VERSION_PATTERN))
              .filter(jar -> !jar.getFileName().toString().endsWith("-tests.jar"))
              .findFirst()
              .orElseThrow(() -> new StageFailure("no " + artifact + " in " + target + notBuilt()));
      return own + ":" + built(target.resolve("lib")) + "/*";
    } catch (IOException e) {
      throw new StageFailure("cannot list " + target, e);
    }
  }

  private static List<String> java(
      List<String> jvm, String classPath, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  private static Path built(Path path) {
    if (!Files.exists(path)) {
      throw new StageFailure(path + " is missing" + notBuilt());
    }
    return path;
  }

  private static String notBuilt() {
    return "; build Muster first: mvn -DskipTests package";
  }
}
