// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.component.AbstractComponent;
import org.xmpp.component.ComponentException;
import org.xmpp.component.ComponentManagerFactory;

/** A plugin that adds a component and writes down how it ended. */
public final class WitnessPlugin implements Plugin {
  static final String PROPERTY = "witness.file";

  @Override
  public void initializePlugin(PluginManager manager, File directory) {
    try {
      ComponentManagerFactory.getComponentManager().addComponent("muster", new Silent());
    } catch (ComponentException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void destroyPlugin() {
    String seen = "destroyed";
    try (Connection connection = DbConnectionManager.getConnection()) {
      seen += connection.isValid(1) ? " with database" : " without database";
    } catch (SQLException e) {
      seen += " without database: " + e;
    }
    try {
      Files.writeString(Path.of(JiveGlobals.getProperty(PROPERTY)), seen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs this class as a plugin. */
  static Path pack(Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream plugin = new JarOutputStream(out)) {
      plugin.putNextEntry(new ZipEntry("plugin.xml"));
      plugin.write(
          """
          <plugin>
            <class>energy.muster.host.WitnessPlugin</class>
            <name>Witness</name>
            <version>1.0.0</version>
            <minServerVersion>4.2.0</minServerVersion>
          </plugin>
          """
              .getBytes(StandardCharsets.UTF_8));
      for (Class<?> part : new Class<?>[] {WitnessPlugin.class, Silent.class}) {
        String name = part.getName().replace('.', '/') + ".class";
        plugin.putNextEntry(new ZipEntry("classes/" + name));
        try (InputStream in = part.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(plugin);
        }
      }
    }
    return jar;
  }

  private static final class Silent extends AbstractComponent {
    @Override
    public String getName() {
      return "witness";
    }

    @Override
    public String getDescription() {
      return "Says nothing";
    }
  }
}
