package dev.holdfast.config;

import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds what a document asks for and this release cannot do, so that a run refuses it instead of
/// leaving it out.
final class Unavailable {
  private final List<Problem> problems = new ArrayList<>();
  private final String owner;

  private Unavailable(Bound<?> bound) {
    this.owner = named(bound);
  }

  /// Every such value, in the order of the description.
  static List<Problem> in(Bound<?> bound) {
    var unavailable = new Unavailable(bound);
    unavailable.record(Types.of(bound.document().kind()), bound.values(), "");
    return unavailable.problems;
  }

  /// The same for a source, with the types and hosts that are not dumped yet.
  static List<Problem> inSource(Bound<SourceDocument> source) {
    var problems = new ArrayList<>(in(source));
    var body = source.body();
    if (body.type() != SourceDocument.SourceType.FILESYSTEM) {
      problems.add(
          whole(source, "type", "the source type '" + Scalars.spelling(body.type()) + "'"));
    }
    if (!body.host().equals("localhost")) {
      problems.add(whole(source, "host", "the host '" + body.host() + "'"));
    }
    return problems;
  }

  /// The same for a storage, with the types that are not written yet.
  static List<Problem> inStorage(Bound<StorageDocument> storage) {
    var problems = new ArrayList<>(in(storage));
    var type = storage.body().type();
    if (type == StorageDocument.StorageType.TAPE) {
      problems.add(whole(storage, "type", "the storage type '" + Scalars.spelling(type) + "'"));
    }
    return problems;
  }

  /// The same for a job, with the steps that it leaves out and without which there is no run.
  static List<Problem> inJob(Bound<JobDocument> job) {
    var problems = new ArrayList<>(in(job));
    var missing = job.body().conduct().does().missing();
    if (!missing.isEmpty()) {
      var words = String.join(", ", Steps.spelled(missing));
      problems.add(
          problem(
              job.placeOf("steps"),
              "'steps' without " + words,
              named(job),
              "a run dumps by a plan and reports: name these too; 'holdfast flush', 'copy' and"
                  + " 'prune' do the rest by themselves; nothing was run"));
    }
    return problems;
  }

  private static Problem whole(Bound<?> bound, String key, String what) {
    return problem(
        bound.placeOf(key),
        what,
        named(bound),
        "this release dumps files of localhost to storage of type disk and s3; nothing was run");
  }

  private static Problem problem(Place place, String what, String owner, String hint) {
    return new Problem(
        place.toString(), what + " is not available yet, and " + owner + " asks for it", hint);
  }

  private static String named(Bound<?> bound) {
    return bound.document().kind().spelling() + " " + bound.name();
  }

  private void record(Type.RecordOf type, Value.Fields fields, String path) {
    type.keys()
        .forEach(
            key ->
                fields
                    .get(key.name())
                    .ifPresent(value -> key(key, value, Checker.inside(path, key.name()))));
  }

  private void key(Type.KeyOf key, Value value, String path) {
    if (key.later().isPresent()) {
      later(key, key.later().get(), value, path);
    } else if (key.type() instanceof Type.RecordOf inner && value instanceof Value.Fields fields) {
      record(inner, fields, path);
    } else if (key.type() instanceof Type.ListOf(Type.RecordOf inner, _, _)
        && value instanceof Value.Items(var items, _)) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Value.Fields fields) {
          record(inner, fields, path + "[" + i + "]");
        }
      }
    }
  }

  private void later(Type.KeyOf key, Later later, Value value, String path) {
    switch (value) {
      case Value.Text text -> {
        if (!isDone(key, later, text)) {
          add(value, path + ": " + text.text());
        }
      }
      case Value.Items(var items, _) ->
          items.stream()
              .filter(item -> !(item instanceof Value.Text text && isDone(key, later, text)))
              .findFirst()
              .ifPresent(item -> add(item, path));
      case Value.Fields fields -> {
        if (!fields.fields().isEmpty()) {
          add(value, path);
        }
      }
    }
  }

  private static boolean isDone(Type.KeyOf key, Later later, Value.Text text) {
    return key.initially().filter(text.text()::equals).isPresent()
        || Arrays.asList(later.except()).contains(text.text());
  }

  private void add(Value value, String what) {
    problems.add(
        problem(
            value.place(),
            "'" + what + "'",
            owner,
            "take it out until a release has it; nothing was run"));
  }
}
