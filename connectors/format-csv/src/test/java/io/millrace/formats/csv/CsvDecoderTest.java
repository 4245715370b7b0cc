package io.millrace.formats.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDecoderTest {
  private final CsvFormat format = new CsvFormat();
  private final StreamFixture stream =
      StreamFixture.of(
              new Field("id", DataType.BIGINT),
              new Field("name", DataType.STRING),
              new Field("price", DataType.DOUBLE))
          .withFormat(format);
  private final RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());

  @Test
  void shouldMapColumnsByHeader() {
    decodeFile(stream, "price,unknown, NAME ,id", "1.5,x,ann,7", "2,,bob,8");
    assertThat(writer.values()).containsExactly(List.of(7L, "ann", 1.5), List.of(8L, "bob", 2.0));
  }

  @Test
  void shouldTakeColumnsMissingInHeaderAsNull() {
    decodeFile(stream, "id", "7");
    assertThat(writer.values()).containsExactly(Arrays.asList(7L, null, null));
  }

  @Test
  void shouldReadHeaderOfEachFile() {
    Decoder decoder = format.decoder(stream.definition());
    decodeFile(decoder, "id,name,price", "1,a,1");
    decodeFile(decoder, "price,name,id", "2,b,3");
    assertThat(writer.values()).containsExactly(List.of(1L, "a", 1.0), List.of(3L, "b", 2.0));
  }

  @Test
  void shouldTakeColumnsInOrderWithoutHeader() {
    decodeFile(stream.with("csv.header", "false"), "7,ann,1.5");
    assertThat(writer.values()).containsExactly(List.of(7L, "ann", 1.5));
  }

  @Test
  void shouldTakeMessagesInOrderWhereNoFileBegins() {
    Decoder decoder = format.decoder(stream.definition());
    decode(decoder, "7,ann,1.5\n");
    assertThat(writer.values()).containsExactly(List.of(7L, "ann", 1.5));
  }

  @Test
  void shouldTellNullFromEmptyString() {
    decodeFile(stream, "id,name,price", "1,,", "\"2\",\"\",\"\"", ",x,");
    assertThat(writer.values())
        .containsExactly(
            Arrays.asList(1L, null, null),
            Arrays.asList(2L, "", null),
            Arrays.asList(null, "x", null));
  }

  @Test
  void shouldReadQuotedFields() {
    decodeFile(
        stream,
        "id,name,price",
        "1,\"a, \"\"b\"\"\r\nc\",\"2.5\"",
        "2,5\" pipe,3",
        "3,ä€\uD83D\uDE00,4");
    assertThat(writer.values())
        .containsExactly(
            List.of(1L, "a, \"b\"\r\nc", 2.5),
            List.of(2L, "5\" pipe", 3.0),
            List.of(3L, "ä€\uD83D\uDE00", 4.0));
  }

  @Test
  void shouldReadOtherDelimiterAndQuote() {
    StreamFixture other = stream.with("csv.delimiter", "tab").with("csv.quote", "'");
    decodeFile(other, "id\tname\tprice", "1\t'it''s\t'\t2");
    assertThat(writer.values()).containsExactly(List.of(1L, "it's\t", 2.0));
    assertThat(format.decoder(other.definition()).framing())
        .isEqualTo(Framing.quotedLines('\'', '\t'));
  }

  @Test
  void shouldIgnoreEmptyLines() {
    decodeFile(stream, "", "id,name,price", "", "1,a,2", "\r");
    assertThat(writer.values()).containsExactly(List.of(1L, "a", 2.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,a | found 2 fields instead of the 3 of the header",
        "1 | found 1 field instead of the 3 of the header",
        "1,a,2,3 | found 4 fields instead of the 3 of the header",
        "x,a,2 | field 'id' must be BIGINT, not 'x'",
        "1,a,y | field 'price' must be DOUBLE, not 'y'",
        "1,\"a,2 | field 2 begins with a quote that is never closed",
        "1,\"a\"b,2 | field 2 goes on behind its closing quote; a quote inside must be doubled"
      })
  void shouldSayWhatIsWrongWithRecord(String record, String message) {
    assertThatThrownBy(() -> decodeFile(stream, "id,name,price", record))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  @Test
  void shouldSayThatFieldsAreNotTheColumnsWithoutHeader() {
    assertThatThrownBy(() -> decodeFile(stream.with("csv.header", "false"), "1,2"))
        .hasMessage("found 2 fields instead of the 3 columns of the stream");
  }

  @Test
  void shouldRefuseHeaderThatNamesNoColumnAndAllRowsBelow() {
    Decoder decoder = format.decoder(stream.definition());
    decoder.reset();
    assertThatThrownBy(() -> decode(decoder, "7,ann,1.5"))
        .isInstanceOf(DecodeException.class)
        .hasMessage(
            "the header names none of the columns id, name, price; if the file has no header, set"
                + " 'csv.header' = 'false'");
    assertThatThrownBy(() -> decode(decoder, "8,bob,2.5"))
        .hasMessage("the header of the file could not be read");
  }

  @Test
  void shouldRefuseHeaderThatNamesColumnTwice() {
    assertThatThrownBy(() -> decodeFile(stream, "id,name,ID"))
        .hasMessage("the header names 'id' twice");
  }

  @Test
  void shouldRefuseInvalidUtf8() {
    Decoder decoder = format.decoder(stream.definition());
    byte[] latin = "1,ä,2".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> decoder.decode(latin, 0, latin.length, writer))
        .isInstanceOf(DecodeException.class)
        .hasMessage("not valid UTF-8 at byte 2");
  }

  @Test
  void shouldRefuseCollections() {
    StreamFixture list =
        StreamFixture.of(new Field("tags", DataType.array(DataType.STRING))).withFormat(format);
    assertThatThrownBy(() -> format.decoder(list.definition()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "column 'tags' cannot be CSV: ARRAY<STRING> is no scalar type; use format = 'json', or"
                + " select its elements or fields");
  }

  @ParameterizedTest
  @CsvSource({"csv.delimiter, ';;'", "csv.delimiter, ''", "csv.quote, ä"})
  void shouldRefuseDelimiterThatIsNoCharacter(String option, String value) {
    assertThatThrownBy(() -> format.decoder(stream.with(option, value).definition()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "option '" + option + "' must be one ASCII character or 'tab', not '" + value + "'");
  }

  @Test
  void shouldRefuseDelimiterThatIsTheQuote() {
    assertThatThrownBy(() -> format.decoder(stream.with("csv.delimiter", "\"").definition()))
        .hasMessage("options 'csv.delimiter' and 'csv.quote' must differ, both are '\"'");
  }

  private void decodeFile(StreamFixture fixture, String... records) {
    decodeFile(format.decoder(fixture.definition()), records);
  }

  private void decodeFile(Decoder decoder, String... records) {
    decoder.reset();
    for (String record : records) {
      decode(decoder, record);
    }
  }

  private void decode(Decoder decoder, String record) {
    byte[] bytes = record.getBytes(UTF_8);
    writer.record(() -> "test", RowWriter.NO_TIME);
    decoder.decode(bytes, 0, bytes.length, writer);
  }
}
