package io.millrace.spi.state;

import java.util.Objects;

/**
 * Says that a column holds {@linkplain SlotTable#number numbers} of keys of a table of the same
 * operator. Whoever moves keys to another table, where they have other numbers, writes them anew;
 * what refers to a key goes where the key goes.
 *
 * @param table the name of the table
 * @param base what stands for number 0; what is smaller refers to no key
 */
public record KeyNumber(String table, int base) {
  public KeyNumber {
    Objects.requireNonNull(table);
  }
}
