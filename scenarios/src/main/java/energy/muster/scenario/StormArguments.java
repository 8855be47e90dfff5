// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.storm.Control;
import energy.muster.storm.StormOptions;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a storm is asked for on the command line. */
final class StormArguments {
  @Option(names = "--rounds", paramLabel = "N", description = "How long (default: 3 rounds).")
  private Optional<Integer> rounds = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What strikes when is drawn from it (default: a new one, which is told).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--control",
      paramLabel = "GUARD",
      converter = ControlWord.class,
      description =
          "Switches a guard off; then the story holds only if the checker notices:"
              + " forgetful-device, late-commit, lost-journal.")
  private Control control;

  StormOptions read() {
    return StormOptions.of(
        rounds,
        seed.orElseGet(() -> RandomGenerator.getDefault().nextLong(1_000_000)),
        Optional.ofNullable(control));
  }

  private static final class ControlWord implements ITypeConverter<Control> {
    @Override
    public Control convert(String word) {
      return Control.named(word)
          .orElseThrow(() -> new TypeConversionException("there is no control '" + word + "'"));
    }
  }
}
