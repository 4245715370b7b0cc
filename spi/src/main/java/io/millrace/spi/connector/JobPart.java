package io.millrace.spi.connector;

/**
 * The part of a shared job that goes with one partition number: a job of its own, which reads the
 * partition with that number of every topic and nothing else.
 *
 * @param number the number of the partition, from 0
 * @param count how many partitions there are, and so how many parts
 * @param source the first stream that the job reads
 */
public record JobPart(int number, int count, StreamDefinition source) {
  public JobPart {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("part " + number + " of " + count);
    }
  }

  /** The name of this part of a job; its snapshots and its thread have it. */
  public String nameIn(String job) {
    return job + "/" + number;
  }
}
