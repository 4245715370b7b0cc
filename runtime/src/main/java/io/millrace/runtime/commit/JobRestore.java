package io.millrace.runtime.commit;

import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.TaskIdentity;
import io.millrace.runtime.commit.Marks.EntryMark;
import io.millrace.runtime.commit.Marks.PartitionMark;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.SnapshotStore.PartReader;
import io.millrace.spi.state.StateBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a job to a snapshot: positions of its sources, then its sinks, then the state of its
 * operators. What the script no longer has is refused, unless it may be dropped; what it has anew
 * begins empty.
 */
public final class JobRestore {
  private final SavedSections saved;
  private final long snapshotId;
  private final boolean mayDropState;
  private final Marks marks;
  private final RowNumbers numbers;

  /** The streams whose sources go on from the snapshot's positions. */
  private final Set<String> sought = new HashSet<>();

  /**
   * @param snapshotId the snapshot's id; 0 if it has none
   * @param mayDropState whether state that the script no longer has is left out without asking
   */
  public JobRestore(SavedSections saved, long snapshotId, boolean mayDropState) {
    this.saved = saved;
    this.snapshotId = snapshotId;
    this.mayDropState = mayDropState;
    Marks[] read = new Marks[1];
    saved.read(SectionNames.MARKS, in -> read[0] = Marks.read(in));
    this.marks = read[0];
    this.numbers = readNumbers(saved);
  }

  private static RowNumbers readNumbers(SavedSections saved) {
    RowNumbers[] numbers = {new RowNumbers()};
    if (saved.names().contains(SectionNames.NUMBERS)) {
      saved.read(SectionNames.NUMBERS, in -> numbers[0] = RowNumbers.read(in));
    }
    return numbers[0];
  }

  /**
   * Seeks the partitions of a source that the snapshot has read; others are left where they begin.
   *
   * @throws MillraceException if one that was read is no longer there
   */
  public void seek(String stream, Source source) {
    Optional<EntryMark> entry = marks.find(stream);
    if (entry.isEmpty()) {
      return;
    }
    sought.add(stream);
    List<String> partitions = source.partitions();
    for (PartitionMark mark : entry.get().partitions()) {
      int index = partitions.indexOf(mark.partition());
      if (index >= 0) {
        source.seek(index, mark.position());
      } else if (!mark.position().isEmpty()) {
        throw new MillraceException(
            "the snapshot has read '"
                + mark.partition()
                + "' of '"
                + stream
                + "' up to "
                + mark.position()
                + ", but it is no longer there; there are "
                + partitions);
      }
    }
  }

  /** What the sink of a stream staged for the snapshot; null if it was not there. */
  public @Nullable StagedOutput staged(String stream) {
    String section = SectionNames.SINK + stream;
    if (!saved.names().contains(section)) {
      return null;
    }
    StagedOutput[] staged = new StagedOutput[1];
    saved.read(
        section,
        in -> {
          byte[] bytes = new byte[in.readInt()];
          in.readFully(bytes);
          staged[0] = new StagedOutput(snapshotId, bytes);
        });
    return staged[0];
  }

  /** The numbers of rows with which the job goes on. */
  public RowNumbers numbers() {
    return numbers;
  }

  /**
   * Restores the operators of a job that has been reset, and its watermarks.
   *
   * @param partitions the names of the partitions of the sources that are open, by stream
   * @throws MillraceException if the script has changed so that state would be lost
   */
  public void restore(CircuitJob job, Map<String, List<String>> partitions) {
    Map<String, String> operators = job.statefulOperators();
    if (!mayDropState) {
      refuseToDrop(operators);
    }
    Set<String> running = operatorsOf(operators.keySet());
    Map<String, List<Consumer<StateBackend>>> rescaled = new LinkedHashMap<>();
    for (String identity : savedStates()) {
      String name = SectionNames.OPERATOR + identity;
      String operator = TaskIdentity.operatorOf(identity);
      if (operators.containsKey(identity)) {
        read(name, in -> job.restore(identity, in));
      } else if (running.contains(operator)) {
        rescaled
            .computeIfAbsent(operator, any -> new ArrayList<>())
            .add(state -> read(name, state::restore));
      }
    }
    rescaled.forEach(job::rescale);
    marks.restoreTime(job, partitions);
  }

  /** The states that the snapshot has, each of an operator or of one of its tasks. */
  private List<String> savedStates() {
    return saved.names().stream()
        .filter(name -> name.startsWith(SectionNames.OPERATOR))
        .map(name -> name.substring(SectionNames.OPERATOR.length()))
        .toList();
  }

  private static Set<String> operatorsOf(Collection<String> states) {
    return states.stream().map(TaskIdentity::operatorOf).collect(Collectors.toSet());
  }

  /**
   * Has the rows left out that were taken behind the positions from which sources go on, before
   * anything is read.
   */
  public void skipTaken(SourceRunner runner) {
    marks.skipTaken(runner, sought);
  }

  private void read(String section, PartReader reader) {
    saved.read(
        section,
        in -> {
          try {
            reader.read(in);
          } catch (MillraceException e) {
            throw new MillraceException(
                "the state of " + saved.describe(section) + " cannot be restored: " + e.message(),
                e);
          }
        });
  }

  private void refuseToDrop(Map<String, String> operators) {
    Set<String> running = operatorsOf(operators.keySet());
    Set<String> lost = new LinkedHashSet<>();
    for (String identity : savedStates()) {
      if (!running.contains(TaskIdentity.operatorOf(identity))) {
        lost.add(saved.describe(SectionNames.OPERATOR + identity));
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    Set<String> known = operatorsOf(savedStates());
    Set<String> added = new LinkedHashSet<>();
    operators.forEach(
        (identity, description) -> {
          if (!known.contains(TaskIdentity.operatorOf(identity))) {
            added.add(description);
          }
        });
    throw new MillraceException(
        "the script has changed: the snapshot has state of "
            + String.join("; ", lost)
            + ", which the script no longer has"
            + (added.isEmpty() ? "" : "; new in the script: " + String.join("; ", added))
            + ". Run the script that the snapshot is of, or let the state go with"
            + " --allow-dropped-state");
  }
}
