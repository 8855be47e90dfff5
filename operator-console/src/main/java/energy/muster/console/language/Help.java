// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The language, explained to whoever types {@code help}. */
public final class Help {
  /** What a newcomer is told to try. */
  public static final String FIRST = "Try: who    status gen-2    shed load-48 for 30 min    help";

  private static final String SELECTION =
      """
      Devices are named (load-48, load-50a) or described:
        loads | generators | switches | meters | devices
        … on branch 60 | on feeder 123 | in tier 2 | in group critical-loads
        … that are on | off | starting | stopping | open | closed
        … that are available | restricted | unavailable | faulty | not on
        … above 10 kW | above 30 % | fuel below 20 %, joined by and
        … except load-48, load-51
      available: there and unrestricted. What a device that is gone last said does not count.
      An order to whom is described shows the list, asks, and signs exactly that list. What was so
      then (on, open, available, above 30 %) goes along: a device that has changed since refuses
      with precondition.""";

  private static final String OPTIONS =
      """
      After any order, in any sequence:
        at 12:00                    begins then, at the latest 5 min later
        for 30 min | until 18:00 | until 2026-11-21T18:00Z   then it reverts; for counts from when it begins
        by 14:00 | within 10 min    how long it may wait for the device; later it is void
        deliver within 10 min       not sent later (2 min)
        execute within 30 min       not done later (5 min)
        because "storm coming"      kept with the order
        urgent | emergency          before others, never past an interlock; emergency may stand in front
        only if it is on            judged by the device; also off, open, closed, available
        no more than 12 devices     else nothing is sent: a script's guard against a long list
        when it is available        held by the service until it is so, 24 h unless by or within is said""";

  private static final String GOAL =
      """
      shed POWER from DEVICES [OPTIONS]   until the goal is met; shed 500 kW from branch 60
        Candidates are asked in this order: tier 1 first, then who was shed least in the last 7 days, then who
        sheds most. It is one signed order: the service asks the first of them that announce enough, counts
        what devices sign, and makes up for a refusal, a smaller offer or silence from the next at once.
        Never asked: critical loads, who is not there, and whoever would take a branch below its floor.
        It ends as soon as the goal is met or nobody is left to ask. In scripts: expect met, expect short.""";

  private static final String STEPS =
      """
      restore DEVICES in N steps every TIME [OPTIONS]   or in steps of 50 kW every 2 min
        Loads that were off draw more at first than they will (cold-load pickup): together they may trip what
        was just relieved. The last tier comes back first, and whoever was shed longest. All steps are signed
        now, the later ones for their time; orders held shows them and cancel takes one back.""";

  private static final Map<String, String> TOPICS = new LinkedHashMap<>();

  static {
    TOPICS.put("who", "who [DEVICES]   lists who is there.\n" + SELECTION);
    TOPICS.put(
        "status",
        "status DEVICES         what is known here\nstatus DEVICES now     asks the device itself and shows its signed answer");
    for (String verb : List.of("shed", "restore", "start", "stop")) {
      TOPICS.put(
          verb,
          verb
              + " DEVICES [OPTIONS]   signed, sent, answered. Example: "
              + verb
              + (verb.startsWith("s") && !verb.equals("shed") ? " gen-2" : " load-48 for 30 min")
              + "\n"
              + OPTIONS);
    }
    TOPICS.put("goal", GOAL);
    TOPICS.put("steps", STEPS);
    TOPICS.put("meter", "meter METER   what it counted today and this month, and how sure that is");
    TOPICS.put(
        "readings",
        "readings METER for 2026-11 [to FILE.csv|.json|.xml]   its intervals of a month or a day");
    TOPICS.put(
        "bill",
        """
        bill METER for 2026-11 [under TARIFF|FILE] [to FILE.csv|.json|.xml]   what is owed for a month or a day
          Each line names the version of the tariff and the intervals it is for."""
            .stripTrailing());
    TOPICS.put(
        "correct",
        """
        correct METER at 2026-11-03 10:15 to 0.25 kWh because "read at the substation"
          Signed by an engineer of its area; what the meter said is kept beside it."""
            .stripTrailing());
    TOPICS.put(
        "settle",
        """
        settle ORDER [to FILE.csv|.json]   what a shed delivered of what was promised
          Promised is what devices signed, for as long as it lasted; delivered what their meters counted less
          than in the four intervals before. A figure is told when all is restored and all is metered."""
            .stripTrailing());
    TOPICS.put("open", "open SWITCH [OPTIONS]   selects the point, shows it, asks, operates");
    TOPICS.put("close", "close SWITCH [OPTIONS]   selects the point, shows it, asks, operates");
    TOPICS.put("select", "select SWITCH [to open|close]   the first half alone; good for 30 s");
    TOPICS.put("limit", "limit DEVICES to 20 kW [OPTIONS]   not above this power");
    TOPICS.put("set", "set DEVICES to 50 kW [OPTIONS]   run at this power");
    TOPICS.put(
        "restrict",
        """
        restrict DEVICES maintenance|instructed [OPTIONS]   takes them out of use
          restrict gen-2 maintenance until 16:00 because "new contacts"
        Only read, cancel, release and restrict are taken then. You lift it, or the role that the device's
        settings name (releasedBy, engineer); at until the device lifts it itself and says so."""
            .stripTrailing());
    TOPICS.put(
        "overrule",
        """
        overrule DEVICES prices for TIME|until TIME [OPTIONS]   they do nothing about prices by themselves
          overrule load-48 prices for 2 h because "guests at dinner"
        What prices had them do is undone at once. status DEVICES now shows what their rules are, how they stand
        and who has overruled them.
        lift DEVICES prices   they go by prices again, also after an order of yours without an end""");
    TOPICS.put("lift", "lift DEVICES prices   ends overrule; see help overrule");
    TOPICS.put(
        "release", "release DEVICES [OPTIONS]   ends restrict; release proposal 3: help proposals");
    TOPICS.put("read", "read DEVICES   asks the device itself; the same as status … now");
    TOPICS.put(
        "duty",
        """
        on duty, away, dnd, off duty [until 15:00|for 2 h] [because REASON]   how colleagues see you
          away because lunch
          off duty, hand over to op-2    what you wait for and your alarms go to op-2, once they accept
        Whoever types nothing for 5 minutes counts as away. Opening a console says on duty.
        duty alone says who is to answer by the roster: help roster."""
            .stripTrailing());
    TOPICS.put(
        "accept",
        "accept [PERSON]   takes over what they hand over: their alarms, orders' answers and watches");
    TOPICS.put(
        "decline",
        "decline [PERSON]   does not take over what they hand over: their alarms ask others at once");
    TOPICS.put(
        "alarms",
        """
        alarms [open|mine|unacknowledged|shelved|all]   the most urgent first; the bell is for what is offered to you
          alarm 42                 all that happened to it, and who signed what
          alarms report [since 24 h|2026-11-01] [--csv]   how much they asked of people
        An alarm is offered to people who are there, by the site's policy, until one of them takes it on."""
            .stripTrailing());
    TOPICS.put(
        "ack",
        """
        ack 42[, 43]   you take it on, for as long as you are there and do something about it
          comment 42 the spare pump is running       also keeps it yours
          escalate 42                                passes it on to the next step of the policy
          reset 42                                   ends one that is latched"""
            .stripTrailing());
    TOPICS.put(
        "shelve",
        """
        shelve 42 for 1 h|until 18:00 [or until it returns] because REASON, unshelve 42   at most 24 h
          out of service 42 because "sensor broken", in service 42      an engineer's, until taken back
          suppress 42 because "explained by the works", unsuppress 42   an engineer's
        Shelving and service are of the point: of all alarms of this rule and device."""
            .stripTrailing());
    TOPICS.put(
        "roster",
        """
        duty [TEAM] [at 02:00]   who is to answer, now or then, and who is next; read off the signed roster
          duty plant-3 at 02:00
          publish duty FILE.json, publish policy FILE.json   an engineer of the whole site signs the next revision"""
            .stripTrailing());
    TOPICS.put("people", "who people, who is on duty   those who work in an area of yours");
    TOPICS.put(
        "tell",
        "tell PERSON WORDS   to any chat client of theirs, kept while they are away; it acts on nothing");
    TOPICS.put(
        "rooms",
        """
        rooms, join AREA, leave AREA, say AREA WORDS   the room of an area: its orders and answers, and talk
          join branch-60
          say branch-60 the pump is still warm
        Nothing said there acts. Lines that begin with a name and "says" are people's; the others are the room's.
        Once you are in, any other chat client of yours may enter as well, and leaves with you. A room keeps
        its last 20 lines, in memory only."""
            .stripTrailing());
    TOPICS.put(
        "let", "let PERSON look at DEVICES until 18:00|for 2 h   to any chat client, to look only");
    TOPICS.put(
        "mandate",
        """
        mandate MASTER to VERBS up to POWER [keeping POWER] until 18:00|for 2 h   what it may order by itself
          mandate branch-60 to start, shed, restore and stop up to 200 kW keeping 600 kW until 18:00
          mandate branch-60 to transfer up to 250 kW for 2 h
        The master IED of a branch tries the verbs in this order when the branch is at 95 % of its rating, and
        undoes what it did when there is room again. To transfer is to close and to open: over a tie switch
        another feeder carries a part of the branch. You give no more than you may order yourself; a new
        mandate replaces the last, and mandate branch-60 to nothing takes it back."""
            .stripTrailing());
    TOPICS.put(
        "configure",
        """
        configure DEVICES [revision N] FILE.json | set SETTINGS | alarm RULE | prices FILE.json [OPTIONS]   replaces their settings
          configure gen-2 revision 5 gen-2.json within 1 h
          configure gen-2 set leaseSeconds 30, note "bearing new", twoPersons open and close
          configure sw2 alarm high-loading at 85 % deadband 5 after 20 s high
          configure sw2 alarm hot-contacts temperature above 70 °C deadband 5 latching critical
          configure load-48 prices plan.json, configure load-48 prices none   what it does about prices by itself
          configure gen-2 alarm hot-bearing temperature rises 5 °C a minute over 60 s high
        Without revision, the one after the newest in force; what it does not name is as installed.
        releasedBy ROLE: who lifts a restriction beside its setter. twoPersons none: no verb needs two. alarmContacts op-1 and op-2: whom it tells of an alarm itself, in that order, while the service does not answer. The driver's settings, reactions and whole lists of alarm rules are set from a file.
        alarm RULE changes one rule and leaves all else as it is; a rule that there is not yet names its quantity
        (or when tripped), limit, deadband and priority. rises and falls: by how much in a minute, taken over
        60 s; over after 30 s: when it ends; off: not watched for."""
            .stripTrailing());
    TOPICS.put(
        "publish",
        """
        publish tariff FILE.json [to DEVICES] [OPTIONS]   a tariff-publisher signs it; without to, to all meters
          publish tariff home-4-to-9.json
          publish prices friday.json to loads on branch 60   a series of prices, or an amendment of one
        Whoever is away has it within 6 days, unless you say otherwise; order ID tells who has it. A device takes
        no lower version over a higher one, and none counts before its time.
        publish duty FILE.json, publish policy FILE.json   see help roster"""
            .stripTrailing());
    TOPICS.put(
        "prices",
        """
        tariff [NAME]   what counts now and what comes; price now, prices today | tomorrow | 2026-11-23 [NAME]
          prices tomorrow northco/home
        What is shown was checked here against its publisher's signature. Days are those of the tariff's zone.
        who has tariff [NAME] [version N], who has prices [NAME]   each device's own word, or why not"""
            .stripTrailing());
    FirmwareHelp.addTo(TOPICS);
    TOPICS.put(
        "proposals",
        """
        proposals   sheds that the utility's rule proposes because of a price; accept proposal 3
        accept signs it: at once while its price lasts, for its beginning when that is yet to come. Nothing happens
        without that, and it lapses with its price.
        release proposal 3   gives back what you accepted, so that a colleague may; look at its order first"""
            .stripTrailing());
    TOPICS.put(
        "changes",
        """
        changes CLASS [with FLAG and FLAG] into FOLDER   what changed since the last time, a file a change set
          changes tariffs with billing into copy
        CLASS is readings, bills, tariffs, prices, metrics or devices. The folder keeps how far it is."""
            .stripTrailing());
    TOPICS.put(
        "when",
        """
        when DEVICE is available|on|off|open|closed: ORDER   signed now, held until it is so
          when gen-3 is available: start gen-3 by 18:00
        The service holds it for 24 h unless by or within is said, the device judges it again;
        orders held shows it, cancel takes it back."""
            .stripTrailing());
    TOPICS.put("emergency", "emergency ORDER   goes before other orders, never past an interlock");
    TOPICS.put(
        "orders",
        """
        orders [mine|held|open|failed|all]   as the service keeps them
        held: not sent yet. open: not answered yet. failed: refused, failed, uncertain, expired or unconfirmed."""
            .stripTrailing());
    TOPICS.put(
        "order",
        """
        order ID   one order, its history and who signed what; the last letters of the id will do
        The history is the service's word; what is signed has been checked here."""
            .stripTrailing());
    TOPICS.put(
        "cancel",
        """
        cancel ID [because REASON]   takes back an order of yours
        Each device answers definitely: cancelled before it was sent, cancelled on the device,
        or too late, with what happened. In scripts: expect cancelled, expect refused too-late."""
            .stripTrailing());
    TOPICS.put(
        "give up",
        """
        give up ID [DEVICE] because REASON   signs that nobody will know what became of it
        Only for what is unconfirmed; it ends as uncertain. Should the device answer after all,
        that is added and shown."""
            .stripTrailing());
    TOPICS.put(
        "reliability",
        """
        reliability [site|branch 60|group NAME|DEVICE] [since 24 h|2026-11-01]   in nines, the worst first
        Of the last 30 days unless said; while the service was away nothing counts. IEEE 1366 with
        devices for customers: longer than 5 min is sustained, planned outages are apart."""
            .stripTrailing());
    TOPICS.put(
        "export",
        "export order ID to FOLDER   sealed documents as DER: openssl cms -verify checks them");
    TOPICS.put(
        "watch",
        """
        watch DEVICES, unwatch DEVICES, watches   tells, with a bell, when they become available
        A description, as in watch generators on branch 60, means whoever it is true of from then on:
        whoever comes to match later is watched, and whoever no longer does is let go.
        """
            .stripTrailing());
    TOPICS.put(
        "view",
        """
        view [branch 60 | loads on branch 60 | gen-2, load-48 | everything]
        Narrows what this console shows, lists and picks devices from; view alone says what it is."""
            .stripTrailing());
    TOPICS.put("follow", "follow DEVICES, unfollow DEVICES   shows their changes as they come");
    TOPICS.put(
        "expect",
        """
        In scripts:
          expect executed | refused [REASON] | failed [REASON] | uncertain | expired | cancelled | held
            [within 30 s]                                  of the line before, by now or within that time
          expect met | short                               of the goal before
          expect hint                                      the line before was not understood
          expect gen-2 on [and CONDITION] [within 30 s]    waits for it, 10 s unless said
          expect 12 loads that are on [within 30 s]        waits for the count"""
            .stripTrailing());
    TOPICS.put("quit", "quit   leaves; also Ctrl-D");
    TOPICS.put("devices", SELECTION);
    TOPICS.put("options", OPTIONS);
  }

  private Help() {}

  /** What can be asked about. */
  public static List<String> topics() {
    return List.copyOf(TOPICS.keySet());
  }

  /** The overview, or one topic. */
  public static String on(Optional<String> topic) {
    if (topic.isEmpty()) {
      return overview();
    }
    String asked =
        switch (topic.get()) {
          case "unfollow" -> "follow";
          case "unwatch", "watches" -> "watch";
          case "join", "leave", "say" -> "rooms";
          case "on", "off", "away", "dnd" -> "duty";
          case "alarm" -> "alarms";
          case "comment", "escalate", "reset" -> "ack";
          case "unshelve", "out", "in", "suppress", "unsuppress" -> "shelve";
          case "give" -> "give up";
          case "tariff", "price" -> "prices";
          case "campaign", "pause", "resume", "abort", "approve" -> "campaigns";
          case "urgent" -> "options";
          default -> topic.get();
        };
    String text = TOPICS.get(asked);
    return text != null
        ? text
        : "no help on '" + asked + "'" + Spelling.didYouMean(asked, TOPICS.keySet());
  }

  private static String overview() {
    StringBuilder text = new StringBuilder(FIRST).append("\n");
    TOPICS.values().stream()
        .map(topic -> topic.lines().findFirst().orElse(""))
        .filter(line -> !line.endsWith(":") && !line.startsWith("Devices are"))
        .forEach(line -> text.append("  ").append(line).append("\n"));
    return text.append("help devices, help options, help expect and help VERB say more.")
        .toString();
  }
}
