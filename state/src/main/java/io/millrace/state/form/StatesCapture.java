package io.millrace.state.form;

import io.millrace.spi.state.StateCapture;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** What is taken out of a back end, to be encoded when it is written. */
public final class StatesCapture implements StateCapture {
  private final SavedForm.Header header;
  private final Queue<Section> sections = new ArrayDeque<>();
  private final TakenInOrder taken = new TakenInOrder();

  private record Section(StateSignature signature, CapturedState content) {}

  public StatesCapture(SavedForm.Header header) {
    this.header = header;
  }

  public void add(StateSignature signature, CapturedState content) {
    sections.add(new Section(signature, content));
    taken.add(content);
  }

  @Override
  public boolean isFull() {
    return header.isFull();
  }

  @Override
  public boolean isEmpty() {
    return !header.isFull() && header.sections() == 0;
  }

  @Override
  public int takeMore(int rows) {
    return taken.takeMore(rows);
  }

  /** Each section is forgotten when it is written, so that its memory is free. */
  @Override
  public void write(DataOutput out) throws IOException {
    if (sections.size() != header.sections()) {
      throw new IllegalStateException("a capture is written once");
    }
    taken.requireWhole();
    StateWriter writer = new StateWriter(out);
    header.write(writer);
    for (Section section = sections.poll(); section != null; section = sections.poll()) {
      section.signature.write(writer);
      section.content.write(writer);
    }
    writer.flush();
  }

  @Override
  public void discard() {
    for (Section section = sections.poll(); section != null; section = sections.poll()) {
      section.content.discard();
    }
  }
}
