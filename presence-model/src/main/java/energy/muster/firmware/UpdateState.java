// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a device is with a firmware: FirmwareStatusEnumType of OCPP 2.0.1, as far as it fits. */
public enum UpdateState {
  IDLE("nothing to do"),
  DOWNLOADING("downloading"),
  /** Until there is room, the line is back, or commands and alarms have gone first. */
  DOWNLOAD_PAUSED("download paused"),
  DOWNLOADED("downloaded, being checked"),
  /** All of it is there and is what was signed. */
  SIGNATURE_VERIFIED("checked"),
  /** It waits for its window, its load or whatever else must be so before it may be installed. */
  INSTALL_SCHEDULED("waiting to install"),
  INSTALLING("installing"),
  INSTALL_REBOOTING("starting the new version"),
  INSTALLED("installed"),
  DOWNLOAD_FAILED("download failed"),
  INVALID_SIGNATURE("not what was signed"),
  /** The new version did not pass its self-test, and the old one runs again. */
  INSTALL_VERIFICATION_FAILED("self-test failed, back on the old version"),
  INSTALLATION_FAILED("installation failed");

  private final String words;

  UpdateState(String words) {
    this.words = words;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people, after the version. */
  public String words() {
    return words;
  }

  /** Whether nothing more happens by itself. */
  public boolean over() {
    return switch (this) {
      case IDLE,
          INSTALLED,
          DOWNLOAD_FAILED,
          INVALID_SIGNATURE,
          INSTALL_VERIFICATION_FAILED,
          INSTALLATION_FAILED ->
          true;
      default -> false;
    };
  }

  public static Optional<UpdateState> ofWire(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }
}
