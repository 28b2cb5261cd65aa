package dev.holdfast.media.driver.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// Ends a request over which no byte has gone for too long. The JDK's connections time out while
/// they read; one whose peer has stopped to read would wait for ever. Each request runs on a
/// virtual thread of its own, because the interrupt of one closes its socket.
final class IdleLimit implements SdkHttpClient {
  private static final int STEPS = 4;

  private final SdkHttpClient connections;
  private final Duration idle;

  IdleLimit(SdkHttpClient connections, Duration idle) {
    this.connections = connections;
    this.idle = idle;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var lastByte = new AtomicLong(System.nanoTime());
    var watched =
        HttpExecuteRequest.builder()
            .request(request.httpRequest())
            .contentStreamProvider(watched(request, lastByte));
    request.metricCollector().ifPresent(watched::metricCollector);
    return new Watched(connections.prepareRequest(watched.build()), lastByte);
  }

  @Override
  public String clientName() {
    return connections.clientName();
  }

  @Override
  public void close() {
    connections.close();
  }

  private static @Nullable ContentStreamProvider watched(
      HttpExecuteRequest request, AtomicLong lastByte) {
    return request
        .contentStreamProvider()
        .<ContentStreamProvider>map(content -> () -> new Noting(content.newStream(), lastByte))
        .orElse(null);
  }

  /// One request, and when its last byte went.
  private final class Watched implements ExecutableHttpRequest {
    private final ExecutableHttpRequest request;
    private final AtomicLong lastByte;

    Watched(ExecutableHttpRequest request, AtomicLong lastByte) {
      this.request = request;
      this.lastByte = lastByte;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      var answer = new FutureTask<>(request);
      var thread = Thread.ofVirtual().name("s3-request").start(answer);
      try {
        return await(answer);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while it waited for S3");
      } finally {
        thread.interrupt();
      }
    }

    @Override
    public void abort() {
      request.abort();
    }

    private HttpExecuteResponse await(FutureTask<HttpExecuteResponse> answer)
        throws IOException, InterruptedException {
      while (true) {
        try {
          return answer.get(idle.toNanos() / STEPS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException working) {
          if (System.nanoTime() - lastByte.get() > idle.toNanos()) {
            throw new IOException("no byte went for " + idle.toSeconds() + " s", working);
          }
        } catch (ExecutionException failed) {
          throw failure(failed);
        }
      }
    }

    private static IOException failure(ExecutionException failed) {
      return switch (failed.getCause()) {
        case IOException broken -> broken;
        case RuntimeException bug -> throw bug;
        case Error grave -> throw grave;
        case null, default -> new IOException(failed);
      };
    }
  }

  /// Notes each time that bytes are asked for.
  private static final class Noting extends FilterInputStream {
    private final AtomicLong lastByte;

    Noting(InputStream in, AtomicLong lastByte) {
      super(in);
      this.lastByte = lastByte;
    }

    @Override
    public int read() throws IOException {
      lastByte.set(System.nanoTime());
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int got = super.read(bytes, from, length);
      lastByte.set(System.nanoTime());
      return got;
    }
  }
}
