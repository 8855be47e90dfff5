// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.bench.AlarmStorm;
import energy.muster.scenario.story.AckThenLeaves;
import energy.muster.scenario.story.AlarmByMail;
import energy.muster.scenario.story.AreaRoom;
import energy.muster.scenario.story.BadImageStopsTheWave;
import energy.muster.scenario.story.BranchMovesOverATie;
import energy.muster.scenario.story.BranchNearsItsRating;
import energy.muster.scenario.story.BreakerAt95Percent;
import energy.muster.scenario.story.CertaintyOverADay;
import energy.muster.scenario.story.ChangeSetsResume;
import energy.muster.scenario.story.CheapestSupplier;
import energy.muster.scenario.story.CompetitorSeesNothing;
import energy.muster.scenario.story.DiskFull;
import energy.muster.scenario.story.EarlyWarning;
import energy.muster.scenario.story.FirmwareFiveOneAway;
import energy.muster.scenario.story.FirmwareOverHttps;
import energy.muster.scenario.story.FirmwareRogueServers;
import energy.muster.scenario.story.FirmwareUnderAttack;
import energy.muster.scenario.story.GeneratorFollowsPrice;
import energy.muster.scenario.story.GoneWithoutReason;
import energy.muster.scenario.story.Handover;
import energy.muster.scenario.story.HandoverAtShiftEnd;
import energy.muster.scenario.story.LateAndStale;
import energy.muster.scenario.story.LookOnly;
import energy.muster.scenario.story.MeterOfflineForAWeek;
import energy.muster.scenario.story.NobodyAvailable;
import energy.muster.scenario.story.OperatorAway;
import energy.muster.scenario.story.OutOfUse;
import energy.muster.scenario.story.OverHttps;
import energy.muster.scenario.story.PollingDevice;
import energy.muster.scenario.story.PowerCutEverywhere;
import energy.muster.scenario.story.PowerCutWhilePublishing;
import energy.muster.scenario.story.PriceLimitSheds;
import energy.muster.scenario.story.PriceProposesAShed;
import energy.muster.scenario.story.QuorumPastAKill;
import energy.muster.scenario.story.QuorumShed;
import energy.muster.scenario.story.RedundantPair;
import energy.muster.scenario.story.RollbackRefused;
import energy.muster.scenario.story.ScannedBeforeInstall;
import energy.muster.scenario.story.ShedIsSettled;
import energy.muster.scenario.story.ShedOrGenerate;
import energy.muster.scenario.story.TariffOnANode;
import energy.muster.scenario.story.TariffReachesEveryMeter;
import energy.muster.scenario.story.TariffThroughTwoFirewalls;
import energy.muster.scenario.story.ThroughTwoFirewalls;
import energy.muster.scenario.story.TimedStartInOrder;
import energy.muster.scenario.story.TwoSessionsOneDevice;
import energy.muster.scenario.story.UpgradeFiveOneAway;
import energy.muster.scenario.story.UpgradeTakesTwo;
import energy.muster.scenario.story.UpstreamOutageOneAlarm;
import energy.muster.scenario.story.WhoMayDoWhat;
import energy.muster.storm.FaultStorm;
import energy.muster.storm.StormOptions;
import java.util.List;
import java.util.Optional;

/** All stories, in the order in which a reader should meet them. */
public final class Stories {
  private Stories() {}

  public static List<Story> all() {
    return List.of(
        new ShedOrGenerate(),
        new GoneWithoutReason(),
        new CertaintyOverADay(),
        new WhoMayDoWhat(),
        new LookOnly(),
        new OutOfUse(),
        new CompetitorSeesNothing(),
        new LateAndStale(),
        new OperatorAway(),
        new Handover(),
        new HandoverAtShiftEnd(),
        new AlarmByMail(),
        new AreaRoom(),
        new PollingDevice(),
        new OverHttps(),
        new ThroughTwoFirewalls(),
        new TwoSessionsOneDevice(),
        new DiskFull(),
        new TimedStartInOrder(),
        new UpgradeFiveOneAway(),
        new FirmwareFiveOneAway(),
        new FirmwareOverHttps(),
        new ScannedBeforeInstall(),
        new BadImageStopsTheWave(),
        new RedundantPair(),
        new UpgradeTakesTwo(),
        new PowerCutEverywhere(),
        new PowerCutWhilePublishing(),
        new RollbackRefused(),
        new FirmwareUnderAttack(),
        new FirmwareRogueServers(),
        new TariffReachesEveryMeter(),
        new MeterOfflineForAWeek(),
        new PriceLimitSheds(),
        new GeneratorFollowsPrice(),
        new ShedIsSettled(),
        new CheapestSupplier(),
        new TariffOnANode(),
        new TariffThroughTwoFirewalls(),
        new PriceProposesAShed(),
        new ChangeSetsResume(),
        new QuorumShed(),
        new QuorumPastAKill(),
        new EarlyWarning(),
        new BranchNearsItsRating(),
        new BreakerAt95Percent(),
        new BranchMovesOverATie(),
        new NobodyAvailable(),
        new AckThenLeaves(),
        new UpstreamOutageOneAlarm(),
        new AlarmStorm(),
        new FaultStorm(StormOptions.usual()));
  }

  public static Optional<Story> named(String name) {
    return all().stream().filter(story -> story.name().equals(name)).findFirst();
  }
}
