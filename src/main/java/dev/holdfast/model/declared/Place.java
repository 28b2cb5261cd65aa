package dev.holdfast.model.declared;

/// Where something is declared: a file relative to the repository, line and column from 1;
/// line 0 means the file as a whole.
public record Place(String file, int line, int column) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    int files = file.compareTo(other.file);
    int lines = files == 0 ? Integer.compare(line, other.line) : files;
    return lines == 0 ? Integer.compare(column, other.column) : lines;
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
