package io.millrace.connectors.file;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;

/** Writes each row into the file that its values name. */
final class FileSink implements Sink {
  private final PathTemplate template;
  private final OutputFiles files;
  private final StringBuilder path = new StringBuilder();
  private final String fixedPath;

  /** Opens the file at once where there is only one, so that errors are seen at the start. */
  FileSink(PathTemplate template, OutputFiles files) {
    this.template = template;
    this.files = files;
    if (template.isFixed()) {
      template.appendLiterals(path);
      fixedPath = path.toString();
      files.get(fixedPath);
    } else {
      fixedPath = "";
    }
  }

  @Override
  public void write(Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      files.append(template.isFixed() ? fixedPath : path(batch, row), batch, row);
    }
  }

  @Override
  public void flush() {
    files.flush();
  }

  @Override
  public void close() {
    files.close();
  }

  private String path(Batch batch, int row) {
    path.setLength(0);
    template.append(batch, row, path);
    return path.toString();
  }
}
