package dev.holdfast.media.driver.s3;

import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/// The SDK's way to try again, as long as the outage leaves time for it. Thread-safe.
///
/// @param usual says what is worth another attempt, and after which pause
record SharedPatience(RetryStrategy usual, Outage outage) implements RetryStrategy {

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return usual.acquireInitialToken(request);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    LastFailure.note(request.failure());
    var again = usual.refreshRetryToken(request);
    if (!outage.mayTryAgain()) {
      throw new TokenAcquisitionFailedException(
          "the storage is away", request.token(), request.failure());
    }
    return again;
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return usual.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return usual.maxAttempts();
  }

  /// The defaults of the SDK are in the usual one already.
  @Override
  public boolean useClientDefaults() {
    return false;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return usual.toBuilder();
  }
}
