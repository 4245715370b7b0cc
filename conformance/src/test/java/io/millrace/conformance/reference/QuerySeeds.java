package io.millrace.conformance.reference;

/**
 * Which random queries property tests ask: always the same ones, and others with {@code
 * -Dmillrace.queries=N} from 1 on, for a longer search.
 */
final class QuerySeeds {
  private static final long SEARCH = Long.getLong("millrace.queries", 0);

  /** Queries of a test have smaller numbers. */
  private static final long MOST_OF_ONE_TEST = 10_000;

  private QuerySeeds() {}

  /** The seed for the query of a number. */
  static long of(long number) {
    return number + MOST_OF_ONE_TEST * SEARCH;
  }
}
