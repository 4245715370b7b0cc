package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.text.NumberParser;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the tokens of one record after the other. One Jackson parser reads many records, which
 * costs a third less than one each; after an error, and every so often (its symbol table grows), it
 * is replaced. Used by one thread.
 */
final class JsonCursor {
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
  private static final int MOST_LEVELS = 1_000;
  private static final int RECORDS_PER_PARSER = 10_000;

  private final JsonFactory factory;
  private @Nullable JsonParser parser;
  private RecordInput input = new RecordInput();
  private int records;
  private byte[] bytes = new byte[0];
  private int offset;

  JsonCursor() {
    factory =
        new JsonFactoryBuilder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxNumberLength(NumberParser.LONGEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /**
   * Begins a record.
   *
   * @return the parser, before the first token
   */
  JsonParser begin(byte[] record, int from, int length) throws IOException {
    JsonParser current = parser;
    if (current != null && ++records > RECORDS_PER_PARSER) {
      discard();
      current = null;
    }
    if (current == null) {
      input = new RecordInput();
      current = factory.createParser(input);
      parser = current;
      records = 1;
    }
    bytes = record;
    offset = from;
    input.set(record, from, length);
    return current;
  }

  /** Whether the parser, behind the last token of the record, has read all of it. */
  boolean isAtEnd(JsonParser current) throws IOException {
    int buffered = current.releaseBuffered(NOWHERE);
    return input.isReadBut(Math.max(0, buffered));
  }

  /**
   * The text of the object or array whose first token is current, as it is written. Its last token
   * is current afterwards.
   */
  String copyChildren(JsonParser current) throws IOException {
    long from = current.currentTokenLocation().getByteOffset() - input.start();
    current.skipChildren();
    long to = current.currentLocation().getByteOffset() - input.start();
    return new String(bytes, offset + (int) from, (int) (to - from), UTF_8);
  }

  /** What is wrong with the record, for people. The cursor is ready for the next one afterwards. */
  DecodeException explain(JsonProcessingException error) {
    long at = error.getLocation() == null ? -1 : error.getLocation().getByteOffset();
    String where = at < 0 ? "" : " at byte " + Math.max(0, at - input.start());
    discard();
    if (error instanceof StreamConstraintsException) {
      return new DecodeException("not readable JSON" + where + ": " + limit(error));
    }
    if (error instanceof JsonEOFException) {
      return new DecodeException("not valid JSON: the record ends in the middle of its object");
    }
    return new DecodeException("not valid JSON" + where + ": " + firstSentence(error));
  }

  /** Forgets the state in which an error has left the parser. */
  void discard() {
    JsonParser current = parser;
    parser = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException ignored) { // it reads from memory
        parser = null;
      }
    }
  }

  /** The name of a token's kind, for people. */
  static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
    };
  }

  private static String limit(JsonProcessingException error) {
    String message = error.getOriginalMessage();
    if (message.contains("nesting depth")) {
      return "nested deeper than " + MOST_LEVELS + " levels";
    }
    if (message.contains("Number")) {
      return "a number of more than " + NumberParser.LONGEST + " characters";
    }
    return firstSentence(error);
  }

  private static String firstSentence(JsonProcessingException error) {
    String message = error.getOriginalMessage();
    String first = message.lines().findFirst().orElse("");
    int details = first.indexOf(", from `");
    String plain = details < 0 ? first : first.substring(0, details);
    return plain.isEmpty()
        ? "unreadable"
        : Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
  }
}
