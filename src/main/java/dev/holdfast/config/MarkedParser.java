package dev.holdfast.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/// A parser that remembers where it is: SnakeYAML's limits are thrown without a mark.
final class MarkedParser implements Parser {
  private final Parser parser;
  private @Nullable Mark last;

  MarkedParser(Parser parser) {
    this.parser = parser;
  }

  /// Where the newest event began; null before the first.
  @Nullable Mark last() {
    return last;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    var event = parser.getEvent();
    last = event.getStartMark();
    return event;
  }
}
