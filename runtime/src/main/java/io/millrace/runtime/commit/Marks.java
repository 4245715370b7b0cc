package io.millrace.runtime.commit;

import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.EntryPort.PartitionTime;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.runtime.source.SourceRunner.FeedProgress;
import io.millrace.runtime.source.SourceRunner.PartitionProgress;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Timeline;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a job has come: the last cause, and for each partition of each entry its watermark and,
 * if a source feeds it, its position.
 *
 * @param cause see {@link CircuitJob#cause}
 */
record Marks(long cause, List<EntryMark> entries) {
  private static final int VERSION = 4;

  /** Without what was said while idle. */
  private static final int VERSION_WITHOUT_ECHO = 3;

  /** Without what silence has to do with. */
  private static final int VERSION_WITHOUT_SILENCE = 2;

  /** Without what was measured. */
  private static final int FIRST_VERSION = 1;

  Marks {
    entries = List.copyOf(entries);
  }

  /**
   * An entry's partitions, in the order of their indexes.
   *
   * @param reached the watermark of all of them, which may be greater than the smallest of theirs
   * @param echoed see {@link EntryPort#echoed}
   */
  record EntryMark(String stream, long reached, long echoed, List<PartitionMark> partitions) {
    EntryMark {
      partitions = List.copyOf(partitions);
    }

    Optional<PartitionMark> find(String partition) {
      return partitions.stream().filter(mark -> mark.partition().equals(partition)).findFirst();
    }
  }

  /**
   * How far a partition has come.
   *
   * @param partition its name; of an entry without a source its index
   * @param time how far its time has come
   * @param position from where it is read again; empty without a source
   * @param rows how many rows behind the position have been taken as well
   */
  record PartitionMark(String partition, PartitionTime time, String position, int rows) {}

  /** Where a job stands between two turns. */
  static Marks of(CircuitJob job, List<FeedProgress> progress) {
    List<EntryMark> entries = new ArrayList<>();
    for (EntryPort entry : job.entries()) {
      List<PartitionProgress> read =
          progress.stream()
              .filter(it -> it.feed().port().equals(entry))
              .findFirst()
              .map(FeedProgress::partitions)
              .orElse(List.of());
      List<PartitionMark> partitions = new ArrayList<>();
      for (int i = 0; i < entry.partitionCount(); i++) {
        partitions.add(
            i < read.size()
                ? mark(
                    entry, i, read.get(i).partition(), read.get(i).position(), read.get(i).rows())
                : mark(entry, i, String.valueOf(i), "", 0));
      }
      entries.add(new EntryMark(entry.stream(), entry.watermark(), entry.echoed(), partitions));
    }
    return new Marks(job.cause(), entries);
  }

  private static PartitionMark mark(
      EntryPort entry, int index, String partition, String position, int rows) {
    return new PartitionMark(partition, entry.time(index), position, rows);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(cause);
    out.writeInt(entries.size());
    for (EntryMark entry : entries) {
      out.writeUTF(entry.stream());
      out.writeLong(entry.reached());
      out.writeLong(entry.echoed());
      out.writeInt(entry.partitions().size());
      for (PartitionMark mark : entry.partitions()) {
        out.writeUTF(mark.partition());
        write(mark.time(), out);
        out.writeUTF(mark.position());
        out.writeInt(mark.rows());
      }
    }
  }

  private static void write(PartitionTime time, DataOutput out) throws IOException {
    out.writeLong(time.watermark());
    out.writeInt(time.measured().length);
    for (long number : time.measured()) {
      out.writeLong(number);
    }
    out.writeLong(time.silentMillis());
    out.writeBoolean(time.isIdle());
  }

  static Marks read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new MillraceException(
          "the snapshot's positions have form "
              + version
              + ", this version of Millrace reads form "
              + VERSION
              + "; restore it with the version that wrote it");
    }
    long cause = in.readLong();
    List<EntryMark> entries = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String stream = in.readUTF();
      long reached = version > VERSION_WITHOUT_SILENCE ? in.readLong() : Timeline.NEVER;
      long echoed = version > VERSION_WITHOUT_ECHO ? in.readLong() : Timeline.NEVER;
      int partitions = in.readInt();
      List<PartitionMark> marks = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        marks.add(readPartition(in, version));
      }
      entries.add(new EntryMark(stream, reached, echoed, marks));
    }
    return new Marks(cause, entries);
  }

  private static PartitionMark readPartition(DataInput in, int version) throws IOException {
    String partition = in.readUTF();
    return new PartitionMark(partition, readTime(in, version), in.readUTF(), in.readInt());
  }

  private static PartitionTime readTime(DataInput in, int version) throws IOException {
    long watermark = in.readLong();
    long[] measured = new long[version == FIRST_VERSION ? 0 : in.readInt()];
    for (int i = 0; i < measured.length; i++) {
      measured[i] = in.readLong();
    }
    return version > VERSION_WITHOUT_SILENCE
        ? new PartitionTime(watermark, measured, in.readLong(), in.readBoolean())
        : new PartitionTime(watermark, measured, 0, false);
  }

  Optional<EntryMark> find(String stream) {
    return entries.stream().filter(entry -> entry.stream().equals(stream)).findFirst();
  }

  /**
   * Gives the watermarks back to the entries of a job that has been reset.
   *
   * @param partitions the names of the partitions of the sources that are open, by stream
   */
  void restoreTime(CircuitJob job, Map<String, List<String>> partitions) {
    for (EntryPort entry : job.entries()) {
      Optional<EntryMark> found = find(entry.stream());
      found.ifPresent(mark -> job.restore(entry, mark.reached(), mark.echoed()));
      List<String> names = partitions.getOrDefault(entry.stream(), List.of());
      for (int i = 0; found.isPresent() && i < entry.partitionCount(); i++) {
        int partition = i;
        found
            .get()
            .find(i < names.size() ? names.get(i) : String.valueOf(i))
            .ifPresent(mark -> job.restore(entry, partition, mark.time()));
      }
    }
    job.endRestore(cause);
  }

  /**
   * Has the rows that were taken behind the positions left out.
   *
   * @param sought the streams whose sources are at these positions
   */
  void skipTaken(SourceRunner runner, Set<String> sought) {
    for (FeedProgress progress : runner.progress()) {
      String stream = progress.feed().port().stream();
      Optional<EntryMark> entry = sought.contains(stream) ? find(stream) : Optional.empty();
      for (int i = 0; entry.isPresent() && i < progress.partitions().size(); i++) {
        int partition = i;
        entry
            .get()
            .find(progress.partitions().get(i).partition())
            .ifPresent(mark -> runner.skip(progress.feed(), partition, mark.rows()));
      }
    }
  }
}
