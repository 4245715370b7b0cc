package io.millrace.engine.fault;

import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.PendingCommit;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TransactionContext;
import io.millrace.spi.connector.TransactionalSinkConnector;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sinks whose transactions commit snapshots in the {@link World}. */
final class BankConnector extends WorldSinkConnector implements TransactionalSinkConnector {
  private final World world;

  BankConnector(World world) {
    super("bank");
    this.world = world;
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    throw new AssertionError("not opened as a plain sink here");
  }

  @Override
  public String system(StreamDefinition stream) {
    return "the bank";
  }

  @Override
  public CommitAuthority openTransactions(
      List<StreamDefinition> sinks, TransactionContext context) {
    world.step("open transactions");
    return new Transactions();
  }

  private final class Transactions implements CommitAuthority {
    private long owner;
    private Map<String, List<String>> current = new HashMap<>();
    private boolean open;

    @Override
    public Optional<CommitPointer> fence() {
      world.step("fence");
      owner = world.takeOver();
      return world.pointer();
    }

    @Override
    public Sink sink(StreamDefinition stream) {
      return new BankSink(this, stream.name());
    }

    @Override
    public void begin() {
      world.step("begin");
      if (open) {
        throw new AssertionError("an interval is open");
      }
      open = true;
      current = new HashMap<>();
    }

    @Override
    public PendingCommit end() {
      world.step("end");
      if (!open) {
        throw new AssertionError("no interval is open");
      }
      open = false;
      Map<String, List<String>> rows = current;
      return (pointer, positions) -> {
        world.step("commit");
        world.commit(owner, rows, pointer);
        world.step("return from commit");
      };
    }

    void write(String stream, Batch batch) {
      if (!open) {
        throw new AssertionError("a row outside an interval");
      }
      WorldRows.addTo(current.computeIfAbsent(stream, s -> new ArrayList<>()), batch);
    }

    @Override
    public void close() {}
  }

  private final class BankSink implements Sink {
    private final Transactions transactions;
    private final String stream;

    BankSink(Transactions transactions, String stream) {
      this.transactions = transactions;
      this.stream = stream;
    }

    @Override
    public void write(Batch batch) {
      world.step("write to the bank");
      transactions.write(stream, batch);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      throw new AssertionError("the authority closes its sinks");
    }
  }
}
