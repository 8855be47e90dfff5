// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a device does about any course of prices, whenever it looks at them. */
final class PriceResponseModelTest {
  private static final Instant START = Instant.parse("2026-10-24T00:00:00Z");
  private static final int MINUTES = 3 * 24 * 60;

  private record Happened(Instant at, boolean begin) {}

  private static PriceRule rule(int shortestResponse, int shortestRest) {
    return new PriceRule(
        new PriceRule.Manner.Shed(),
        false,
        Currency.getInstance("EUR"),
        ZoneId.of("Europe/Berlin"),
        List.of(
            new PriceLimit(LocalTime.of(6, 0), LocalTime.of(18, 0), new BigDecimal("0.80")),
            new PriceLimit(LocalTime.of(18, 0), LocalTime.of(6, 0), new BigDecimal("0.60"))),
        new BigDecimal("0.05"),
        Duration.ofMinutes(shortestResponse),
        Duration.ofMinutes(shortestRest));
  }

  /** A price for each minute, which stays for a while; sometimes there is none. */
  private static List<Optional<BigDecimal>> prices(long seed) {
    Random random = new Random(seed);
    List<Optional<BigDecimal>> prices = new ArrayList<>();
    while (prices.size() < MINUTES) {
      Optional<BigDecimal> price =
          random.nextInt(12) == 0
              ? Optional.empty()
              : Optional.of(BigDecimal.valueOf(40 + random.nextInt(60), 2));
      for (int i = 1 + random.nextInt(120); i > 0; i--) {
        prices.add(price);
      }
    }
    return prices;
  }

  private static List<Happened> everyMinute(PriceRule rule, List<Optional<BigDecimal>> prices) {
    List<Happened> happened = new ArrayList<>();
    PriceResponse response = PriceResponse.idle(rule);
    for (int minute = 0; minute < MINUTES; minute++) {
      Instant now = START.plusSeconds(minute * 60L);
      PriceResponse.Look look = response.look(now, prices.get(minute));
      look.act().ifPresent(act -> happened.add(new Happened(now, act.begin())));
      response = next(response, look, now);
    }
    return happened;
  }

  private static PriceResponse next(PriceResponse response, PriceResponse.Look look, Instant now) {
    return look.act().map(act -> response.after(act, now)).orElse(response);
  }

  private static List<Happened> whenTold(PriceRule rule, List<Optional<BigDecimal>> prices) {
    List<Happened> happened = new ArrayList<>();
    PriceResponse response = PriceResponse.idle(rule);
    Instant again = START;
    for (int minute = 0; minute < MINUTES; minute++) {
      Instant now = START.plusSeconds(minute * 60L);
      boolean changed = minute == 0 || !prices.get(minute).equals(prices.get(minute - 1));
      if (changed || !now.isBefore(again)) {
        PriceResponse.Look look = response.look(now, prices.get(minute));
        look.act().ifPresent(act -> happened.add(new Happened(now, act.begin())));
        response = next(response, look, now);
        again = look.again();
      }
    }
    return happened;
  }

  @Property(tries = 100)
  void whoLooksWhenTheyAreToldMissesNothing(
      @ForAll long seed,
      @ForAll @IntRange(max = 180) int shortestResponse,
      @ForAll @IntRange(max = 180) int shortestRest) {
    PriceRule rule = rule(shortestResponse, shortestRest);
    List<Optional<BigDecimal>> prices = prices(seed);

    assertThat(whenTold(rule, prices)).isEqualTo(everyMinute(rule, prices));
  }

  @Property(tries = 100)
  void responsesAlternateLastTheirTimeAndHaveAReason(
      @ForAll long seed,
      @ForAll @IntRange(max = 180) int shortestResponse,
      @ForAll @IntRange(max = 180) int shortestRest) {
    PriceRule rule = rule(shortestResponse, shortestRest);
    List<Optional<BigDecimal>> prices = prices(seed);
    Instant last = Instant.EPOCH;
    boolean responding = false;

    for (Happened each : everyMinute(rule, prices)) {
      assertThat(each.begin()).isNotEqualTo(responding);
      assertThat(Duration.between(last, each.at()))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(responding ? shortestResponse : shortestRest));
      Optional<BigDecimal> price = prices.get((int) Duration.between(START, each.at()).toMinutes());
      int hour = each.at().atZone(rule.zone()).getHour();
      BigDecimal limit = new BigDecimal(hour >= 6 && hour < 18 ? "0.80" : "0.60");
      assertThat(price.orElseThrow().compareTo(limit) > 0).isEqualTo(each.begin());
      responding = each.begin();
      last = each.at();
    }
  }

  @Property(tries = 50)
  void wherePricesStayDearForLongEnoughThereIsAResponse(
      @ForAll @IntRange(min = 81, max = 200) int cents,
      @ForAll @IntRange(min = 1, max = 180) int shortestRest) {
    PriceRule rule = rule(15, shortestRest);
    Instant ended = START;
    PriceResponse rested = new PriceResponse(rule, false, ended);
    Optional<BigDecimal> price = Optional.of(BigDecimal.valueOf(cents, 2));

    PriceResponse.Look early = rested.look(ended.plusSeconds(shortestRest * 60L - 1), price);
    PriceResponse.Look due = rested.look(ended.plusSeconds(shortestRest * 60L), price);

    assertThat(early.act()).isEmpty();
    assertThat(due.act().map(PriceResponse.Act::begin)).contains(true);
  }
}
