// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

/** One promise, played. */
public interface Story {
  /** As it is typed: {@code shed-or-generate}. */
  String name();

  /** One sentence for {@code scenario --list}. */
  String about();

  /** Plays it; throws {@link StoryFailure} at the first thing that is not as promised. */
  void play(Scene scene) throws Exception;
}
