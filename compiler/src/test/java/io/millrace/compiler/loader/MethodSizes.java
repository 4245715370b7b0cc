package io.millrace.compiler.loader;

import io.millrace.operators.kernel.KernelSource;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * The bytes of bytecode of each method of a kernel's classes, read from the class files (JVMS 4).
 */
public final class MethodSizes {
  private final Map<String, Integer> sizes = new TreeMap<>();
  private final String[] texts;
  private final DataInputStream in;

  private MethodSizes(byte[] classFile) throws IOException {
    in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.readInt();
    in.readInt();
    texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      i += readConstant(i);
    }
    in.skipBytes(6);
    in.skipBytes(2 * in.readUnsignedShort());
    readMembers();
    readMembers();
  }

  public static Map<String, Integer> of(KernelSource<?> source) {
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(MethodSizes.class.getClassLoader());
      compiler.cook(KernelClass.text(source));
      Map<String, Integer> all = new TreeMap<>();
      for (byte[] classFile : compiler.getBytecodes().values()) {
        all.putAll(new MethodSizes(classFile).sizes);
      }
      return all;
    } catch (CompileException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static int greatest(KernelSource<?> source) {
    return of(source).values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Returns how many further entries the constant takes. */
  private int readConstant(int index) throws IOException {
    int tag = in.readUnsignedByte();
    switch (tag) {
      case 1 -> texts[index] = in.readUTF();
      case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
      case 5, 6 -> in.skipBytes(8);
      case 7, 8, 16, 19, 20 -> in.skipBytes(2);
      default -> in.skipBytes(3);
    }
    return tag == 5 || tag == 6 ? 1 : 0;
  }

  private void readMembers() throws IOException {
    int members = in.readUnsignedShort();
    for (int m = 0; m < members; m++) {
      in.skipBytes(2);
      String name = texts[in.readUnsignedShort()];
      in.skipBytes(2);
      int attributes = in.readUnsignedShort();
      for (int a = 0; a < attributes; a++) {
        String attribute = texts[in.readUnsignedShort()];
        int length = in.readInt();
        byte[] content = in.readNBytes(length);
        if ("Code".equals(attribute)) {
          int size = new DataInputStream(new ByteArrayInputStream(content, 4, 4)).readInt();
          sizes.merge(name, size, Math::max);
        }
      }
    }
  }
}
