// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.config;

/** What is wrong with a configuration and what to do about it, in words for whoever wrote it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
