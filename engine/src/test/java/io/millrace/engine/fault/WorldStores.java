package io.millrace.engine.fault;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store of a {@link World}, each of whose operations is a step. */
final class WorldStores implements SnapshotStores {
  private final World world;

  WorldStores(World world) {
    this.world = world;
  }

  @Override
  public String place(String job) {
    return "the world";
  }

  @Override
  public SnapshotStore open(String job) {
    world.step("open the store");
    return new WorldStore(world.store());
  }

  private final class WorldStore implements SnapshotStore {
    private final SnapshotStore store;

    WorldStore(SnapshotStore store) {
      this.store = store;
    }

    @Override
    public List<Long> ids() {
      world.step("list snapshots");
      return store.ids();
    }

    @Override
    public Manifest manifest(long id) {
      world.step("read a manifest");
      return store.manifest(id);
    }

    @Override
    public SnapshotWriter begin(String job, long id, @Nullable Manifest previous) {
      world.step("begin a snapshot");
      return new WorldWriter(store.begin(job, id, previous));
    }

    @Override
    public void read(Part part, PartReader reader) {
      world.step("read a part");
      store.read(part, reader);
    }

    @Override
    public Part writeMerged(SnapshotContent content) {
      world.step("write a merged part");
      return store.writeMerged(content);
    }

    @Override
    public void retain(Set<Long> ids) {
      world.step("retain");
      store.retain(ids);
    }

    @Override
    public void close() {}
  }

  private final class WorldWriter implements SnapshotWriter {
    private final SnapshotWriter writer;

    WorldWriter(SnapshotWriter writer) {
      this.writer = writer;
    }

    @Override
    public void writeFull(String section, SnapshotContent content) {
      world.step("write a section");
      writer.writeFull(section, content);
    }

    @Override
    public void writeChanges(String section, SnapshotContent content) {
      world.step("write changes");
      writer.writeChanges(section, content);
    }

    @Override
    public void keep(String section) {
      writer.keep(section);
    }

    @Override
    public void replace(String section, int count, Part merged) {
      writer.replace(section, count, merged);
    }

    @Override
    public Manifest finish(long takenAtMillis, Map<String, String> attributes) {
      world.step("finish a snapshot");
      Manifest manifest = writer.finish(takenAtMillis, attributes);
      world.step("return from finishing a snapshot");
      return manifest;
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
