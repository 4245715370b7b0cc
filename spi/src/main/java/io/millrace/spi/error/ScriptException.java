package io.millrace.spi.error;

import java.util.List;

/** A script was refused. Carries all its errors; the message shows them with lines and carets. */
public final class ScriptException extends MillraceException {
  private static final long serialVersionUID = 1L;
  private final transient SourceText source;
  private final transient List<Diagnostic> diagnostics;

  public ScriptException(SourceText source, List<Diagnostic> diagnostics) {
    super(new DiagnosticRenderer(false).render(source, diagnostics));
    this.source = source;
    this.diagnostics = List.copyOf(diagnostics);
  }

  public SourceText source() {
    return source;
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
