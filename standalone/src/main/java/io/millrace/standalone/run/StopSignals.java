package io.millrace.standalone.run;

import java.util.List;
import org.jline.utils.Signals;

/**
 * Has Ctrl-C and the requests of an operating system to end come as a {@link StopRequest}, so that
 * jobs are stopped in order. The second one ends the process at once.
 */
public final class StopSignals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  private static final int ENDED_BY_INTERRUPT = 130;

  private StopSignals() {}

  /** Where a signal is not known, or belongs to somebody else, it goes on to end the process. */
  public static void install(StopRequest stop) {
    for (String name : NAMES) {
      Signals.register(
          name,
          () -> {
            if (stop.isRequested()) {
              Runtime.getRuntime().halt(ENDED_BY_INTERRUPT);
            }
            stop.request();
          });
    }
  }
}
