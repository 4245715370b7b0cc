package io.millrace.connectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses a file of one or more members (RFC 1952). The JDK's stream takes whatever follows a
 * member and does not begin like another one for the end; here it is damage, but for zeros, with
 * which some programs fill up blocks.
 */
final class GzipMembers extends GZIPInputStream {
  private static final int TRAILER = 8;
  private boolean ended;

  GzipMembers(InputStream in, int size) throws IOException {
    super(in, size);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count < 0 && !ended) {
      ended = true;
      requireEnd();
    }
    return count;
  }

  private void requireEnd() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER; i < len; i++) {
      requireZero(buf[i]);
    }
    for (int next = in.read(); next >= 0; next = in.read()) {
      requireZero(next);
    }
  }

  private static void requireZero(int value) throws IOException {
    if (value != 0) {
      throw new ZipException("there are bytes behind the end of the compressed data");
    }
  }
}
