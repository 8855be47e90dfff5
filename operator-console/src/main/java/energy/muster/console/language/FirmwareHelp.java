// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.util.Map;

/** The part of the language that is about firmware, explained. */
final class FirmwareHelp {
  private FirmwareHelp() {}

  static void addTo(Map<String, String> topics) {
    topics.put(
        "upgrade",
        """
        upgrade DEVICES to 2.4.1 [OPTIONS]   a campaign: one signed order, wave after wave
          upgrade relays to 2.4.1
          upgrade relays on branch 60 to 2.4.1 in waves of 1, 10 % go on at 90 % stop at 2 failures until 18:00
        Shown with its waves and signed as that exact list. Options, in any sequence:
          of PRODUCT                  where several products have that version
          in waves of 1, 10 %         what they leave is the last wave (1, 10 %)
          go on at 90 %               of a wave must run it before the next begins (100 %)
          stop at 2 failures | 5 %    then no further device begins (1)
          at most 1 of a group away   of a redundancy group at a time (1); of the switches of a branch the site says
          pass over after 10 min      the place in a wave of whoever stays away goes to the next; pass over nobody
          from https://ADDRESS        for devices that are set to fetch it there
          until TIME | within 30 d    how long whoever is away or busy is waited for (14 days, at most 90)
          because WORDS
        A device counts when it has started the new version and says so with its signature.""");
    topics.put(
        "campaigns",
        """
        campaigns, campaign ID   how upgrades stand; on a terminal the board stays until Ctrl-C
          pause campaign ID because REASON    no further device begins; resume campaign ID because REASON
          abort campaign ID [because REASON]  takes the order back, as cancel does
          approve campaign ID                 shows the order, and signs it as the second person"""
            .stripTrailing());
    topics.put(
        "inventory",
        """
        inventory [DEVICES] [to FILE.csv|.json]   what runs where, by each device's signed word
          who needs 2.4.1 [to FILE]           who runs a lower version and could go to it
          inventory relays to fleet.csv"""
            .stripTrailing());
    topics.put(
        "firmware",
        """
        firmware   what is released, and what of it is in the service's depot
          publish firmware IMAGE with MANIFEST   a firmware-builder uploads it; goes on where it was cut
          publish releases FILE                  a firmware-releaser says what counts from now on
        bin/muster firmware makes and signs both."""
            .stripTrailing());
  }
}
