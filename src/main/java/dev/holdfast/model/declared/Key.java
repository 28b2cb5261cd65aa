package dev.holdfast.model.declared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a key of the YAML means and which values it takes. The reader, the JSON Schema, `explain`
/// and the default values all come from this one description; the component's type says the rest.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {
  /// One line for the administrator.
  String value();

  /// The key's spelling where Java reserves the word.
  String name() default "";

  /// The built-in default, as it would be written in YAML.
  String initially() default "";

  /// Smallest number allowed; bytes for sizes, seconds for durations.
  long min() default 0;

  /// Largest number allowed; bytes for sizes, seconds for durations.
  long max() default Long.MAX_VALUE;

  /// What a text must look like; for lists of texts, each of them.
  TextRule text() default TextRule.LINE;

  /// For lists: a single value may stand for `[{shorthand: value}]`, or for `[value]` when `item`.
  String shorthand() default "";
}
