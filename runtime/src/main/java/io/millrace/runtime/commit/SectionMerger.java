package io.millrace.runtime.commit;

import io.millrace.runtime.agent.Agent;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Clock;
import java.nio.file.FileSystemException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one part of a section's many, on a thread of its own, from files and never from live state:
 * the parts are restored into empty state, which is then saved whole. So what a restore reads is at
 * most about twice the state, and the changes of {@link #MOST_PARTS} snapshots. A state that is
 * small is merged for the number of its parts alone, since a merge costs a file and its way to the
 * disk, and what it saves is little. Sections with too many parts come first, those with most of
 * them before others: so none waits for ever behind one whose changes are always greater; but those
 * that failed come last: so none waits for ever behind one that is damaged.
 */
final class SectionMerger implements Agent {
  /** More parts than these are merged, however small. */
  static final int MOST_PARTS = 64;

  /** Changes of fewer bytes than these are merged only when there are many parts. */
  private static final long FEW_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SectionMerger.class);
  private static final long LONGEST_WAIT_MILLIS = 100;

  private static final Comparator<Section> URGENCY =
      Comparator.<Section>comparingInt(
              section -> section.parts().size() > MOST_PARTS ? section.parts().size() : 0)
          .thenComparingLong(Section::lengthOfChanges);

  private final String job;
  private final SnapshotStore store;
  private final Function<String, StateBackend> emptyState;
  private final MergeRetries retries;
  private final BlockingQueue<Section> waiting = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Merged> merged = new ArrayBlockingQueue<>(1);
  private @Nullable Section next;
  private volatile boolean busy;

  /**
   * What parts of a section come to.
   *
   * @param section as it was when the merge began
   * @param part stands for all its parts
   */
  record Merged(Section section, Part part) {
    /** Whether the section of a later snapshot begins with the same parts. */
    boolean stillFits(Manifest later) {
      return later
          .findSection(section.name())
          .filter(now -> now.parts().size() >= section.parts().size())
          .filter(now -> now.parts().subList(0, section.parts().size()).equals(section.parts()))
          .isPresent();
    }
  }

  /**
   * @param emptyState gives empty state of an operator, by its identity; called by the thread of
   *     the merges
   */
  SectionMerger(
      String job, SnapshotStore store, Function<String, StateBackend> emptyState, Clock clock) {
    this.job = job;
    this.store = store;
    this.emptyState = emptyState;
    this.retries = new MergeRetries(clock);
  }

  /** Begins a merge, if a section of a snapshot needs one and none is going on. */
  void offer(Manifest manifest) {
    if (busy) {
      return;
    }
    manifest.sections().stream()
        .filter(SectionMerger::needsMerge)
        .filter(section -> retries.mayTry(section.name()))
        .max(
            Comparator.<Section, Boolean>comparing(this::comesFirst)
                .thenComparingInt(section -> -retries.failures(section.name()))
                .thenComparing(URGENCY))
        .ifPresent(
            section -> {
              busy = true;
              waiting.add(section);
            });
  }

  private boolean comesFirst(Section section) {
    boolean hasFailed = retries.failures(section.name()) > 0;
    return hasFailed == retries.prefersFailed();
  }

  private static boolean needsMerge(Section section) {
    return section.name().startsWith(SectionNames.OPERATOR)
        && section.parts().size() > 1
        && (section.parts().size() > MOST_PARTS
            || section.lengthOfChanges()
                > Math.max(FEW_BYTES, section.parts().get(0).length() / 2));
  }

  /** Takes the outcome of a merge, if there is one. */
  Optional<Merged> poll() {
    Merged done = merged.poll();
    if (done != null) {
      busy = false;
    }
    return Optional.ofNullable(done);
  }

  @Override
  public String name() {
    return "millrace-merge-" + job;
  }

  @Override
  public int doWork() {
    Section section = next != null ? next : waiting.poll();
    next = null;
    if (section == null) {
      return 0;
    }
    try {
      merged.add(new Merged(section, merge(section)));
      if (retries.succeeded(section.name())) {
        LOG.info("job '{}': saved state can be merged again", job);
      }
    } catch (MillraceException e) { // the snapshots are good without it
      boolean isEnding = Thread.currentThread().isInterrupted();
      if (!isEnding && retries.failed(section.name(), causeOf(e))) {
        LOG.warn(
            "job '{}': saved state could not be merged, so files pile up and a restart reads more;"
                + " still trying: {}",
            job,
            e.message());
      }
      busy = false;
    }
    return 1;
  }

  /** Without what differs from one try to the next, such as the names of files. */
  private static String causeOf(MillraceException e) {
    Throwable cause = e.getCause();
    return cause instanceof FileSystemException file
        ? file.getClass().getName() + file.getReason()
        : cause != null ? String.valueOf(cause) : e.message();
  }

  private Part merge(Section section) {
    String identity = section.name().substring(SectionNames.OPERATOR.length());
    try (StateBackend state = emptyState.apply(identity)) {
      for (Part part : section.parts()) {
        store.read(part, state::restore);
      }
      return store.writeMerged(state.drain());
    }
  }

  @Override
  public void idle() {
    try {
      next = waiting.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onEnd(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("job '{}': saved state is merged no longer", job, failure);
    }
  }
}
