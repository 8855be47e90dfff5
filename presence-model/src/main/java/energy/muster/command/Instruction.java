// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Rollout;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.tariff.PriceDocument;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A verb with its typed arguments. */
public sealed interface Instruction {
  Verb verb();

  /** The arguments as they stand in the signed document. */
  ObjectNode arguments();

  /** Verbs that need no arguments: shed, restore, start, stop, open, close, release, read. */
  record Plain(Verb verb) implements Instruction {
    static final Set<Verb> VERBS =
        EnumSet.of(
            Verb.SHED,
            Verb.RESTORE,
            Verb.START,
            Verb.STOP,
            Verb.OPEN,
            Verb.CLOSE,
            Verb.RELEASE,
            Verb.READ);

    public Plain {
      if (!VERBS.contains(verb)) {
        throw new IllegalArgumentException(verb + " needs arguments");
      }
    }

    @Override
    public ObjectNode arguments() {
      return Json.object();
    }
  }

  /**
   * First half of select before operate (IEC 61850-7-2): reserves the point for one {@code
   * operate}.
   */
  record Select(Verb operate) implements Instruction {
    /** A selection serves once, and only so long. */
    public static final Duration HOLDS = Duration.ofSeconds(30);

    public Select {
      if (operate == Verb.SELECT) {
        throw new IllegalArgumentException("select names the verb that will follow");
      }
    }

    @Override
    public Verb verb() {
      return Verb.SELECT;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("operate", operate.wire());
    }
  }

  /** Not above this power, until told otherwise. */
  record Limit(Power max) implements Instruction {
    public Limit {
      Objects.requireNonNull(max);
    }

    @Override
    public Verb verb() {
      return Verb.LIMIT;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("kw", max.kilowatts());
    }
  }

  /** Run at this power. */
  record SetPoint(Power target) implements Instruction {
    public SetPoint {
      Objects.requireNonNull(target);
    }

    @Override
    public Verb verb() {
      return Verb.SET_POINT;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("kw", target.kilowatts());
    }
  }

  /** An operator takes a device out of use. */
  record Restrict(RestrictionReason reason, String note) implements Instruction {
    private static final Set<RestrictionReason> ASKED =
        EnumSet.of(RestrictionReason.MAINTENANCE, RestrictionReason.INSTRUCTED);

    public Restrict {
      if (!ASKED.contains(reason)) {
        throw new IllegalArgumentException(
            "one can ask for maintenance or instructed; " + reason.wire() + " is the device's own");
      }
      Objects.requireNonNull(note);
    }

    @Override
    public Verb verb() {
      return Verb.RESTRICT;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("reason", reason.wire()).put("note", note);
    }
  }

  /** Sets a counter back to zero, such as {@code trip} or {@code billing}. */
  record Reset(String counter) implements Instruction {
    private static final Pattern COUNTER = Pattern.compile("[a-z][a-z-]{0,30}");

    public Reset {
      if (!COUNTER.matcher(counter).matches()) {
        throw new IllegalArgumentException("a counter is a short word, not '" + counter + "'");
      }
    }

    @Override
    public Verb verb() {
      return Verb.RESET;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("counter", counter);
    }
  }

  /** Replaces the device's settings by a later revision of them. */
  record Configure(long revision, ObjectNode settings) implements Instruction {
    public Configure {
      if (revision < 1) {
        throw new IllegalArgumentException("a settings revision counts from 1");
      }
      settings = settings.deepCopy();
    }

    @Override
    public ObjectNode settings() {
      return settings.deepCopy();
    }

    @Override
    public Verb verb() {
      return Verb.CONFIGURE;
    }

    @Override
    public ObjectNode arguments() {
      ObjectNode object = Json.object().put("revision", revision);
      object.set("settings", settings());
      return object;
    }
  }

  /**
   * Trusted time, bound to a nonce the device gave out, so that it cannot be kept and played back.
   */
  record SyncTime(String nonce, Instant time) implements Instruction {
    public SyncTime {
      Objects.requireNonNull(nonce);
      Objects.requireNonNull(time);
    }

    @Override
    public Verb verb() {
      return Verb.SYNC_TIME;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("nonce", nonce).put("time", time.toString());
    }
  }

  /** Brings a tariff, prices or an amendment of prices, by the word of whoever publishes them. */
  record SetTariff(PriceDocument document) implements Instruction {
    public SetTariff {
      Objects.requireNonNull(document);
    }

    @Override
    public Verb verb() {
      return Verb.SET_TARIFF;
    }

    @Override
    public ObjectNode arguments() {
      ObjectNode object = Json.object();
      object.set("document", Json.parse(document.write()));
      return object;
    }
  }

  /**
   * Keeps a device from doing anything about prices by itself, until the order ends.
   *
   * @param over whether that ends now: the device goes by its rules again
   */
  record Overrule(boolean over) implements Instruction {
    private static final String PRICES = "prices";
    private static final String OVERRULED = "overruled";
    private static final String FOLLOWED = "followed";

    static Overrule read(Fields arguments) {
      return new Overrule(
          arguments.value(
              PRICES,
              word ->
                  switch (word) {
                    case OVERRULED -> false;
                    case FOLLOWED -> true;
                    default ->
                        throw new IllegalArgumentException("prices are overruled or followed");
                  }));
    }

    @Override
    public Verb verb() {
      return Verb.OVERRULE;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put(PRICES, over ? FOLLOWED : OVERRULED);
    }
  }

  /**
   * Goes to a firmware, which the device fetches and checks by itself.
   *
   * @param manifest digest of the signed content of its manifest
   * @param releases number of the list of releases that the issuer saw; no lower one will do
   * @param source base address of an HTTP(S) server that has the image, for devices that are set to
   *     fetch it there; without it, and where that fails, it comes in chunks from the service
   * @param rollout how it goes through its devices
   */
  record Upgrade(
      String product,
      FirmwareVersion version,
      Digest manifest,
      long releases,
      Optional<URI> source,
      Rollout rollout)
      implements Instruction {
    public Upgrade {
      Hardware.requireName("a product", product);
      Objects.requireNonNull(version);
      Objects.requireNonNull(manifest);
      source.ifPresent(Upgrade::requireHttp);
      Objects.requireNonNull(rollout);
    }

    private static void requireHttp(URI source) {
      if (!Set.of("http", "https").contains(String.valueOf(source.getScheme()))
          || source.getHost() == null) {
        throw new IllegalArgumentException("an image is fetched from http:// or https://");
      }
    }

    static Upgrade read(Fields arguments) {
      return new Upgrade(
          arguments.text("product"),
          arguments.value("version", FirmwareVersion::parse),
          arguments.value("manifest", Digest::parse),
          arguments.integer("releases"),
          arguments.optionalValue("source", URI::create),
          arguments.object("rollout").all(Rollout::read));
    }

    @Override
    public Verb verb() {
      return Verb.UPGRADE;
    }

    @Override
    public ObjectNode arguments() {
      ObjectNode object =
          Json.object()
              .put("product", product)
              .put("version", version.toString())
              .put("manifest", manifest.toString())
              .put("releases", releases);
      source.ifPresent(address -> object.put("source", address.toString()));
      object.set("rollout", rollout.write());
      return object;
    }
  }

  /**
   * Takes back an order of the same issuer that has not been carried out. Of a {@link Select} that
   * has been, it ends the selection (IEC 61850-7-2: Cancel).
   */
  record Cancel(DocumentId command) implements Instruction {
    public Cancel {
      Objects.requireNonNull(command);
    }

    @Override
    public Verb verb() {
      return Verb.CANCEL;
    }

    @Override
    public ObjectNode arguments() {
      return Json.object().put("command", command.text());
    }
  }

  static Instruction plain(Verb verb) {
    return new Plain(verb);
  }

  static Instruction read(Verb verb, Fields arguments) {
    Instruction instruction =
        switch (verb) {
          case SHED, RESTORE, START, STOP, OPEN, CLOSE, RELEASE, READ -> new Plain(verb);
          case SELECT -> new Select(arguments.oneOf("operate", Verb::ofWire));
          case LIMIT -> new Limit(Power.kilowatts(arguments.decimal("kw")));
          case SET_POINT -> new SetPoint(Power.kilowatts(arguments.decimal("kw")));
          case RESTRICT ->
              new Restrict(
                  arguments.oneOf("reason", RestrictionReason::ofWire), arguments.text("note"));
          case RESET -> new Reset(arguments.text("counter"));
          case CONFIGURE ->
              new Configure(
                  arguments.integer("revision"),
                  arguments
                      .optionalTree("settings")
                      .orElseThrow(
                          () -> new Refused(Reason.MALFORMED, "field args.settings is missing")));
          case SYNC_TIME -> new SyncTime(arguments.text("nonce"), arguments.instant("time"));
          case CANCEL -> new Cancel(arguments.value("command", DocumentId::new));
          case SET_TARIFF -> new SetTariff(arguments.object("document").all(PriceDocument::read));
          case OVERRULE -> Overrule.read(arguments);
          case UPGRADE -> Upgrade.read(arguments);
        };
    arguments.end();
    return instruction;
  }
}
