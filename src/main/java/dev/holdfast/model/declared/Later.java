package dev.holdfast.model.declared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A key whose function comes with a later release: it is read and checked, and a run that would
/// have to obey it is refused. Its built-in default, and the values excepted, are obeyed today.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Later {
  /// Values that work already.
  String[] except() default {};
}
