// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.File;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/**
 * Stands where Openfire expects its web console: without a plugin named admin the server's plugin
 * monitor dies and no port ever opens. The server makes it by name.
 */
public final class NoConsole implements Plugin {
  @Override
  public void initializePlugin(PluginManager manager, File directory) {}

  @Override
  public void destroyPlugin() {}
}
