package io.millrace.spi.state;

/** A single number of an operator's state. */
public interface LongValue {
  long get();

  void set(long value);
}
