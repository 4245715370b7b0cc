package io.millrace.engine.fault;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what is done to the stores of somebody else. */
final class CountingStores implements SnapshotStores {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SnapshotStores stores;
  private final List<Part> read = new CopyOnWriteArrayList<>();
  private final AtomicInteger manifestsRead = new AtomicInteger();
  private final AtomicInteger merged = new AtomicInteger();
  private final AtomicInteger replaced = new AtomicInteger();
  private volatile @Nullable Manifest last;

  CountingStores(SnapshotStores stores) {
    this.stores = stores;
  }

  /** The parts that were read, in their order. */
  List<Part> read() {
    return new ArrayList<>(read);
  }

  int manifestsRead() {
    return manifestsRead.get();
  }

  /** How many merged parts were written. */
  int merges() {
    return merged.get();
  }

  /** Waits for a merged part that no snapshot has taken over yet; one is being written. */
  void awaitMerge() {
    long start = System.nanoTime();
    while (merged.get() <= replaced.get()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("nothing is merged");
      }
      Thread.onSpinWait();
    }
  }

  /** The snapshot that was finished last. */
  Manifest last() {
    Manifest found = last;
    if (found == null) {
      throw new IllegalStateException("no snapshot was finished");
    }
    return found;
  }

  @Override
  public String place(String job) {
    return stores.place(job);
  }

  @Override
  public SnapshotStore open(String job) {
    return new CountingStore(stores.open(job));
  }

  private final class CountingStore implements SnapshotStore {
    private final SnapshotStore store;

    CountingStore(SnapshotStore store) {
      this.store = store;
    }

    @Override
    public List<Long> ids() {
      return store.ids();
    }

    @Override
    public Manifest manifest(long id) {
      manifestsRead.incrementAndGet();
      return store.manifest(id);
    }

    @Override
    public SnapshotWriter begin(String job, long id, @Nullable Manifest previous) {
      return new CountingWriter(store.begin(job, id, previous));
    }

    @Override
    public void read(Part part, PartReader reader) {
      read.add(part);
      store.read(part, reader);
    }

    @Override
    public Part writeMerged(SnapshotContent content) {
      Part part = store.writeMerged(content);
      merged.incrementAndGet();
      return part;
    }

    @Override
    public void retain(Set<Long> ids) {
      store.retain(ids);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private final class CountingWriter implements SnapshotWriter {
    private final SnapshotWriter writer;

    CountingWriter(SnapshotWriter writer) {
      this.writer = writer;
    }

    @Override
    public void writeFull(String section, SnapshotContent content) {
      writer.writeFull(section, content);
    }

    @Override
    public void writeChanges(String section, SnapshotContent content) {
      writer.writeChanges(section, content);
    }

    @Override
    public void keep(String section) {
      writer.keep(section);
    }

    @Override
    public void replace(String section, int count, Part part) {
      writer.replace(section, count, part);
      replaced.incrementAndGet();
    }

    @Override
    public Manifest finish(long takenAtMillis, Map<String, String> attributes) {
      Manifest manifest = writer.finish(takenAtMillis, attributes);
      last = manifest;
      return manifest;
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
