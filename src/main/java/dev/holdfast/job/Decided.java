package dev.holdfast.job;

import dev.holdfast.image.Digests;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.Brake;
import dev.holdfast.plan.retention.KeepReason;
import dev.holdfast.plan.retention.RetentionVerdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a prune has decided and not yet done.
///
/// @param images each that was decided about, newest first
/// @param digest of what expires and where
record Decided(
    MediaWitness witness,
    Map<ImageId, AgingImage> images,
    Map<ImageId, RetentionVerdict> verdicts,
    List<Brake> brakes,
    Digest digest,
    Instant at) {

  /// Reads catalog and media, and touches nothing.
  ///
  /// @throws IOException when a volume cannot be read
  static Decided of(PruneScope scope) throws IOException {
    var at = Instant.now(scope.terms().clock()).truncatedTo(ChronoUnit.MILLIS);
    var witness = mayExpire(scope, at) ? scope.books().witness() : MediaWitness.none();
    var images = new LinkedHashMap<ImageId, AgingImage>();
    Stream.concat(scope.books().images(witness.doubts()).stream(), witness.strangers().stream())
        .forEach(image -> images.putIfAbsent(image.image(), image));
    images.replaceAll(
        (id, image) ->
            witness
                .hold(id)
                .filter(_ -> image.hold().isEmpty())
                .map(hold -> image.held(hold.text()))
                .orElse(image));
    var verdicts = scope.rules().judge().judge(List.copyOf(images.values()), at);
    int expiring = (int) verdicts.values().stream().filter(RetentionVerdict::expires).count();
    var brakes =
        scope
            .terms()
            .brakes()
            .holding(expiring, images.size(), RetentionInputs.times(scope.terms().catalog()), at);
    return new Decided(
        witness,
        images,
        verdicts,
        brakes,
        scope.agreed().orElseGet(() -> digest(scope, verdicts)),
        at);
  }

  /// What media say can only keep more than the catalog alone does: on a night on which nothing
  /// expires by the catalog, no manifest need be read.
  private static boolean mayExpire(PruneScope scope, Instant at) {
    var known = scope.books().images(Map.of());
    return !scope.books().expired().isEmpty()
        || scope.rules().judge().judge(known, at).values().stream()
            .anyMatch(RetentionVerdict::expires);
  }

  /// Newest first, so that nothing goes before what builds on it.
  List<ImageId> expired() {
    return verdicts.entrySet().stream()
        .filter(verdict -> verdict.getValue().expires())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// One of those that were decided about.
  AgingImage image(ImageId id) {
    return Optional.ofNullable(images.get(id)).orElseThrow();
  }

  String why(ImageId image) {
    return switch (verdicts.get(image)) {
      case RetentionVerdict.Keep(var reasons) ->
          reasons.stream().map(KeepReason::text).collect(Collectors.joining(", "));
      case RetentionVerdict.Expire(var reason) -> reason;
      case null -> "";
    };
  }

  private static Digest digest(PruneScope scope, Map<ImageId, RetentionVerdict> verdicts) {
    var lines = new ArrayList<>(List.of("holdfast.prune/1", scope.terms().set().value()));
    lines.add(scope.storage().name());
    verdicts.entrySet().stream()
        .filter(verdict -> verdict.getValue().expires())
        .map(verdict -> verdict.getKey().value())
        .sorted()
        .forEach(lines::add);
    return Digests.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }
}
