package io.millrace.state.form;

import io.millrace.spi.error.MillraceException;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/**
 * How saved state begins. Behind it stand the sections, in the order of declaration: the signature
 * of a state, then what was captured of it.
 */
public final class SavedForm {
  /**
   * The version of all that is written. It rises when the bytes of any kind of state change; saved
   * states of earlier versions are kept as test data, and can be read.
   */
  public static final int VERSION = 2;

  private SavedForm() {}

  /**
   * The header of a capture.
   *
   * @param isFull whether it stands by itself
   * @param number the number of the state: of the captured one if it is full, else of the one that
   *     it continues; numbers rise by one with each capture that holds a change
   * @param sections how many states it holds: all, or those that changed
   */
  public record Header(boolean isFull, long number, int sections) {
    public void write(StateWriter out) throws IOException {
      out.writeUnsigned(VERSION);
      out.writeByte(isFull ? 1 : 0);
      out.writeUnsigned(number);
      out.writeUnsigned(sections);
    }

    public static Header read(StateReader in) throws IOException {
      int version = in.readInt();
      if (version != VERSION) {
        throw new MillraceException(
            "saved state has form "
                + version
                + ", this version of Millrace reads form "
                + VERSION
                + "; restore it with the version that saved it");
      }
      return new Header(in.readByte() != 0, in.readUnsigned(), in.readInt());
    }

    /** The number of the state when this has been restored. */
    public long numberBehind() {
      return isFull || sections == 0 ? number : number + 1;
    }
  }
}
