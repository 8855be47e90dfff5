// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipFile;

/**
 * The folder that Openfire calls its home, laid on the first run and left as it is afterwards.
 *
 * @param root given with {@code --data}; absolute
 */
record HomeFolder(Path root) {
  private static final String OWNER_ONLY = "rwx------";

  HomeFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** Makes what is missing. Only the owner may look inside: it holds keys and password hashes. */
  void lay() {
    try {
      makeRoot();
      for (Path folder :
          new Path[] {
            conf(), logs(), database().getParent(), keystore().getParent(), adminPlugin()
          }) {
        Files.createDirectories(folder);
      }
      // A fresh copy each time: the server rewrites the file, and a kill may leave half of it.
      install("openfire.xml", conf().resolve("openfire.xml"));
      installIfAbsent("security.xml", conf().resolve("security.xml"));
      install("admin-plugin.xml", adminPlugin().resolve("plugin.xml"));
    } catch (IOException e) {
      throw new HostFailure("Cannot write to the data folder " + root + ": " + e.getMessage(), e);
    }
  }

  /**
   * Puts a plugin where the server's monitor looks, if its bytes differ from those already there.
   *
   * @return the name that the server knows the plugin by
   */
  String place(Path plugin) {
    String file = Objects.toString(plugin.getFileName(), "").toLowerCase(Locale.ROOT);
    if (!file.endsWith(".jar") || !holdsPluginXml(plugin)) {
      throw new HostFailure(
          "Not an Openfire plugin: " + plugin + " (a jar file with a plugin.xml is needed)");
    }
    String name = file.substring(0, file.length() - ".jar".length());
    Path placed = plugins().resolve(file);
    try {
      if (!Files.exists(placed) || Files.mismatch(plugin, placed) != -1) {
        Files.copy(plugin, placed, StandardCopyOption.REPLACE_EXISTING);
        // The monitor compares times only, and an older build may replace a newer one.
        deleteTree(plugins().resolve(name));
      }
    } catch (IOException e) {
      throw new HostFailure("Cannot place the plugin at " + placed + ": " + e.getMessage(), e);
    }
    return name;
  }

  Path conf() {
    return root.resolve("conf");
  }

  Path logs() {
    return root.resolve("logs");
  }

  /** The path and first part of the names of the database's files. */
  Path database() {
    return root.resolve("db").resolve("openfire");
  }

  Path keystore() {
    return root.resolve("resources").resolve("security").resolve("keystore");
  }

  Path truststore() {
    return keystore().resolveSibling("truststore");
  }

  /** The server's public certificate, for clients to pin. */
  Path publicCertificate() {
    return root.resolve("tls.pem");
  }

  /** Where the plugin keeps images of firmware: beside the folder of plugins. */
  Path images() {
    return root.resolve("firmware");
  }

  private Path plugins() {
    return root.resolve("plugins");
  }

  private Path adminPlugin() {
    return plugins().resolve("admin");
  }

  private void makeRoot() throws IOException {
    if (Files.exists(root)) {
      return;
    }
    Files.createDirectories(root);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(OWNER_ONLY));
    }
  }

  private static boolean holdsPluginXml(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new HostFailure("No such plugin file: " + jar);
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry("plugin.xml") != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static void installIfAbsent(String resource, Path target) throws IOException {
    if (!Files.exists(target)) {
      install(resource, target);
    }
  }

  private static void install(String resource, Path target) throws IOException {
    Files.writeString(target, text(resource));
  }

  static String text(String resource) {
    try (InputStream in = HomeFolder.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
