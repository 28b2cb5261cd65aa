package dev.holdfast.media.driver.s3;

import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What an answer of S3 that is no success means for a person.
record Answers(String place) {
  private static final String STAGED = "images wait in staging";

  /// Codes of credentials that were good once, and may be again when they are read anew.
  private static final List<String> NEVER_GOOD =
      List.of("InvalidAccessKeyId", "SignatureDoesNotMatch");

  private static final List<String> OUTDATED =
      List.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken");

  static boolean isOutdated(SdkException failed) {
    return failed instanceof S3Exception answer && OUTDATED.contains(code(answer));
  }

  /// @param action what was tried, as `write`, with the right that it needs
  IOException of(SdkException failed, Action action, String key) {
    var own = cause(failed, HoldfastException.class);
    if (own.isPresent()) {
      throw own.get();
    }
    var damaged = cause(failed, MalformedStreamException.class);
    if (damaged.isPresent()) {
      return damaged.get();
    }
    return switch (failed) {
      case S3Exception answer -> answered(answer, action, key);
      case SdkClientException client -> unanswered(client, action, key);
      default -> away(action, key, failed);
    };
  }

  private BucketException answered(S3Exception answer, Action action, String key) {
    var code = code(answer);
    if (code.equals("NoSuchBucket")) {
      return fault(answer, "there is no such bucket", "create it, or correct s3.bucket");
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return fault(answer, "the server's clock differs too much", "set this host's clock");
    }
    if (OUTDATED.contains(code) || NEVER_GOOD.contains(code)) {
      return credentials(answer, code);
    }
    return switch (answer.statusCode()) {
      case 301, 307, 400 -> refused(answer, action, key);
      case 401, 403 -> denied(answer, action, key);
      case 404 -> plain(Kind.MISSING, key + " is not there", answer);
      case 409, 412 -> plain(Kind.TAKEN, key + " is there already", answer);
      case 405, 501 -> notBuilt(answer, action);
      case 507 -> fault(answer, "is full: " + words(answer), "make room, then run again");
      default ->
          answer.statusCode() >= 500 ? away(action, key, answer) : refused(answer, action, key);
    };
  }

  private BucketException unanswered(SdkClientException failed, Action action, String key) {
    var text = String.valueOf(failed.getMessage());
    if (text.contains("Unable to load credentials")) {
      throw new HoldfastException(
          ExitCode.SECRET,
          new Problem(
              place,
              "no credentials: neither s3.credentials nor the environment has any",
              "write s3.credentials with secretRefs, or set AWS_ACCESS_KEY_ID and"
                  + " AWS_SECRET_ACCESS_KEY; nothing was written"),
          failed);
    }
    return away(action, key, failed);
  }

  private BucketException away(Action action, String key, Throwable failed) {
    return new BucketException(
        Kind.AWAY,
        new Problem(
            place,
            "cannot be reached to " + (action.words() + " " + key).strip() + ": " + words(failed),
            STAGED + " and can be restored from there; run again when it answers"),
        failed);
  }

  private BucketException denied(S3Exception answer, Action action, String key) {
    return new BucketException(
        Kind.DENIED,
        new Problem(
            place,
            "these credentials may not %s %s (%s)".formatted(action.words(), key, words(answer)),
            "grant " + action.right() + ", see src/docs/storage.md for a policy; " + STAGED),
        answer);
  }

  private BucketException credentials(S3Exception answer, String code) {
    return new BucketException(
        Kind.DENIED,
        new Problem(
            place,
            "the credentials are not accepted (" + code + ")",
            "renew them where s3.credentials points to, then run again; " + STAGED),
        answer);
  }

  private BucketException refused(S3Exception answer, Action action, String key) {
    var hint =
        code(answer).equals("XAmzContentSHA256Mismatch") || code(answer).contains("Checksum")
            ? "set 's3.checksums: required', this server does not know the newer ones"
            : "correct the declaration of the storage; 'holdfast storage check' says more";
    return fault(answer, "refused to " + action.words() + " " + key + ": " + words(answer), hint);
  }

  private BucketException notBuilt(S3Exception answer, Action action) {
    return plain(Kind.NOT_BUILT, "cannot " + action.words() + ": " + words(answer), answer);
  }

  private BucketException fault(S3Exception answer, String fact, String hint) {
    return new BucketException(Kind.FAULT, new Problem(place, fact, hint + "; " + STAGED), answer);
  }

  private BucketException plain(Kind kind, String fact, S3Exception answer) {
    return new BucketException(
        kind, new Problem(place, fact, "see 'holdfast storage check'"), answer);
  }

  private static String code(S3Exception answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : Optional.ofNullable(answer.awsErrorDetails().errorCode()).orElse("");
  }

  private static String words(S3Exception answer) {
    return code(answer).isEmpty()
        ? "status " + answer.statusCode()
        : code(answer) + ", status " + answer.statusCode();
  }

  /// The innermost message: the SDK's own ones say that something happened.
  private static String words(Throwable failed) {
    if (failed instanceof S3Exception answer) {
      return words(answer);
    }
    var inner = failed;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return Optional.ofNullable(inner.getMessage()).orElse(inner.getClass().getSimpleName());
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failed, Class<T> wanted) {
    for (Throwable one = failed; one != null; one = one.getCause()) {
      if (wanted.isInstance(one)) {
        return Optional.of(wanted.cast(one));
      }
    }
    return Optional.empty();
  }
}
